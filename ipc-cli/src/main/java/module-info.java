// SPDX-License-Identifier: Apache-2.0

/** The command {@code ipc}. It names no provider: it uses what is on the module path. */
module org.ipc4j.cli {
    requires info.picocli;
    requires jdk.unsupported; // the JDK's dispatcher of signals, for `ipc signal await`
    requires org.ipc4j;

    opens org.ipc4j.cli to
            info.picocli;
    opens org.ipc4j.cli.bench to
            info.picocli;
    opens org.ipc4j.cli.tour to
            info.picocli;
}
