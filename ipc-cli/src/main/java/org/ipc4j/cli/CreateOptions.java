// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.Access;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every {@code create} has: {@code --access} and {@code --or-open}. */
final class CreateOptions {
    @Mixin private AccessOption access = new AccessOption();

    @Option(names = "--or-open", description = "It is no error if the object is there already.")
    private boolean orOpen;

    Access access() {
        return access.value();
    }

    boolean orOpen() {
        return orOpen;
    }
}
