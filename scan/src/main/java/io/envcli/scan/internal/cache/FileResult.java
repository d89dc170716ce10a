package io.envcli.scan.internal.cache;

import io.envcli.scan.Use;
import io.envcli.scan.internal.rule.EnvFile;
import io.envcli.scan.internal.rule.Wrapper;

import java.util.List;

/**
 * What was found in one file. It has no value of a dotenv file and nothing that may be a secret.
 *
 * @param bytes    that its text has.
 * @param uses     of variables, in order.
 * @param wrappers that it defines.
 * @param envFiles of definitions that it names.
 */
public record FileResult(int bytes, List<Use> uses, List<Wrapper> wrappers, List<EnvFile> envFiles) {}
