// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import java.lang.module.ModuleDescriptor;

/** What is running here. */
final class Version {
    private Version() {}

    /** Returns all that matters in a bug report. */
    static String line() {
        return "ipc " + ipc() + ", Java " + java() + ", " + system();
    }

    /** Returns the version of this module, or of this jar where it is on the class path. */
    static String ipc() {
        ModuleDescriptor module = Version.class.getModule().getDescriptor();
        String manifest = Version.class.getPackage().getImplementationVersion();
        String unknown = manifest == null ? "(unknown version)" : manifest;
        return module == null ? unknown : module.rawVersion().orElse(unknown);
    }

    static String java() {
        return Runtime.version().toString();
    }

    static String system() {
        return System.getProperty("os.name")
                + " "
                + System.getProperty("os.version")
                + " "
                + System.getProperty("os.arch");
    }
}
