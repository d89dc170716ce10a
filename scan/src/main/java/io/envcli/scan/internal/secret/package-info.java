/**
 * Secrets that are written into a text. A {@link io.envcli.scan.internal.secret.SecretRules} table finds those that can be
 * told by their form: tokens with a prefix of their own, private keys, passwords in connection strings. A
 * {@link io.envcli.scan.internal.secret.Tokens} cuts a text into what may be a value, whose fingerprints are compared
 * with the store's. Neither keeps what it finds: a {@link io.envcli.scan.internal.secret.SecretFinder} hands on places
 * and one-way marks.
 */
@NullMarked
package io.envcli.scan.internal.secret;

import org.jspecify.annotations.NullMarked;
