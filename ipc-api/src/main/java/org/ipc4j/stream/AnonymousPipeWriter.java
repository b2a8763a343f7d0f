// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A writing end of an {@link AnonymousPipe}.
 *
 * <p>It can be handed to another process in three ways, each of which leaves this end open; the
 * reader's stream ends when all of them are closed. With {@link
 * org.ipc4j.spi.Capability#HANDLE_PASSING} it is {@linkplain Passable passed} over a local socket,
 * and {@link AnonymousPipe#adoptWriter} makes a writer of it there.
 */
public interface AnonymousPipeWriter extends PipeWriter, Passable {
    /**
     * Returns what makes this end the standard output, or the standard error, of a program: {@code
     * builder.redirectOutput(pipe.writer().redirect())}. The program gets the pipe itself, and no
     * thread copies anything. It may run as another user: this process opens the pipe for it.
     *
     * <p>It means this end by its number, so start the program before closing this end.
     *
     * @return where the program shall write to
     * @throws UnsupportedOperationException if this system has no such thing, or not once the
     *     reading end was handed over; see {@link AnonymousPipe}
     * @throws IllegalStateException if this end is closed
     */
    ProcessBuilder.Redirect redirect();

    /**
     * Returns a path by which another process of this user opens this end for writing, by the usual
     * means of its language, as long as it is open here.
     *
     * @return the path, or empty if this system has no such thing; see {@link AnonymousPipe}
     * @throws IllegalStateException if this end is closed
     */
    Optional<Path> path();
}
