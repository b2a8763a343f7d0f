// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.Access;
import org.ipc4j.Ipc;
import org.ipc4j.IpcReport;
import org.ipc4j.cli.tour.TourCommand;
import org.ipc4j.file.FileExchange;
import org.ipc4j.spi.MechanismProvider;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code ipc clean}. */
@Command(
        name = "clean",
        description = {
            "Deletes what processes of this user have left behind that have died, and prints it:"
                    + " objects that were half made, the names of tours, and beside each PATH"
                    + " versions that were never published.",
            "Only what a lock that went with its process proves to be nobody's is deleted. An"
                    + " object that has its name stays, since that it is not in use does not mean"
                    + " that nobody wants it; `remove` deletes it."
        })
final class CleanCommand implements Callable<Integer> {
    @ParentCommand private IpcCommand ipc;

    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description = "Files that are published by `ipc file publish` or a FileExchange.")
    private List<Path> paths = new ArrayList<>();

    @Mixin private AccessOption access;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Path> deleted = new ArrayList<>(TourCommand.clean());
        for (IpcReport.Row row : Ipc.report().rows()) {
            if (row.availability().isAvailable()) {
                MechanismProvider provider =
                        Ipc.provider(row.mechanism().providerType(), row.provider());
                deleted.addAll(provider.clean());
            }
        }
        for (Path path : paths) {
            deleted.addAll(clean(path, access.value()));
        }
        for (Path path : deleted) {
            ipc.streams().print(path.toString());
        }
        return ExitStatus.OK.code();
    }

    private static List<Path> clean(Path path, Access access)
            throws IOException, InterruptedException {
        try (FileExchange exchange = FileExchange.at(path, access)) {
            return exchange.clean();
        }
    }
}
