// SPDX-License-Identifier: Apache-2.0

/**
 * The contracts of the TCK against every provider of this build, on the module path.
 *
 * <p>The API names no provider. This module does, so that Maven puts them on the module path.
 */
open module org.ipc4j.conformance {
    requires java.compiler;
    requires jdk.unsupported; // for ordinary signals
    requires org.ipc4j;
    requires org.ipc4j.jvm;
    requires org.ipc4j.posix;
    requires org.ipc4j.tck;
    requires org.ipc4j.windows;
    requires org.junit.jupiter.params;
}
