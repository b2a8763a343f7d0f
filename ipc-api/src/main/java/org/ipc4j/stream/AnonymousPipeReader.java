// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The reading end of an {@link AnonymousPipe}.
 *
 * <p>It can be handed to another process in three ways, each of which leaves this end open; whoever
 * shall not read any more closes it. With {@link org.ipc4j.spi.Capability#HANDLE_PASSING} it is
 * {@linkplain Passable passed} over a local socket, and {@link AnonymousPipe#adoptReader} makes a
 * reader of it there.
 */
public interface AnonymousPipeReader extends PipeReader, Passable {
    /**
     * Returns what makes this end the standard input of a program: {@code
     * builder.redirectInput(pipe.reader().redirect())}. The program gets the pipe itself, and no
     * thread copies anything. It may run as another user: this process opens the pipe for it.
     *
     * <p>Call it before anything is written, and start the program before closing this end: it is
     * meant by its number, and not every system can hand over what is written already.
     *
     * @return where the program shall read from
     * @throws UnsupportedOperationException if this system has no such thing, or it is too late for
     *     it; see {@link AnonymousPipe}
     * @throws java.io.UncheckedIOException if the system refuses
     * @throws IllegalStateException if this end is closed
     */
    ProcessBuilder.Redirect redirect();

    /**
     * Returns a path by which another process of this user opens this end for reading, by the usual
     * means of its language, as long as it is open here. That gives a program a pipe besides its
     * standard streams: as an argument, for example.
     *
     * @return the path, or empty if this system has no such thing, or it is too late for it; see
     *     {@link AnonymousPipe}
     * @throws java.io.UncheckedIOException if the system refuses
     * @throws IllegalStateException if this end is closed
     */
    Optional<Path> path();
}
