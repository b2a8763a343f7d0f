// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench;

import org.ipc4j.Access;
import org.ipc4j.Ipc;
import org.ipc4j.file.SharedFileLock;
import org.ipc4j.spi.FileLockProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A lock of a file that nobody else wants. */
@State(Scope.Thread)
public class FileLockBenchmark {
    /** The provider's name. */
    @Param({"posix", "jvm"})
    public String provider;

    private SharedFileLock file;

    /** Opens the file. */
    @Setup
    public void open() throws IOException {
        Path path = Files.createTempFile("ipc4j-bench-", ".lock");
        file = Ipc.provider(FileLockProvider.class, provider).open(path, Access.OWNER);
        Files.delete(path);
    }

    /** Closes the file. */
    @TearDown
    public void close() {
        file.close();
    }

    /** Takes and gives it. */
    @Benchmark
    @Twin("lock")
    public void lockUnlock() throws IOException, InterruptedException {
        file.lock().close();
    }
}
