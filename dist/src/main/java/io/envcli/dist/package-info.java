/**
 * What is downloaded, and what makes it: {@link io.envcli.dist.Licences} gathers the licences of all jars inside. The rest is
 * done by the plugins in this module's pom.
 */
@NullMarked
package io.envcli.dist;

import org.jspecify.annotations.NullMarked;
