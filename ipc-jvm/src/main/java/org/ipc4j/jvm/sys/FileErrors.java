// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sys;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcAccessDeniedException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.ResourceLimitException;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;

/**
 * Makes an {@link IpcException} from what the JDK throws. The JDK keeps the error code for itself,
 * only its text is known.
 */
public final class FileErrors {
    /** What the system says at a limit, and what to do about it. */
    private static final Map<String, String> LIMITS =
            Map.of(
                    "No space left on device", "free some of its space, or enlarge it",
                    "Disk quota exceeded", "free some space, or raise the quota",
                    "File too large", "ask for less, or raise the limit of file sizes (ulimit -f)",
                    "Too many open files",
                            "close some, or raise the limit of descriptors (ulimit -n)",
                    "Map failed", "ask for less, or raise the limit of address space (ulimit -v)");

    private FileErrors() {}

    /**
     * Translates.
     *
     * @param call what was tried
     */
    public static IpcException exception(IOException failure, String call, IpcName name) {
        IpcException translated =
                switch (failure) {
                    case IpcException e -> e;
                    case FileAlreadyExistsException e ->
                            new NameExistsException(
                                    name,
                                    told(
                                            call,
                                            e,
                                            "the name is taken; open it, or remove it first"));
                    case NoSuchFileException e ->
                            new NameNotFoundException(
                                    name, told(call, e, "there is none; create it first"));
                    case AccessDeniedException e ->
                            new IpcAccessDeniedException(name, told(call, e, "permission denied"));
                    case FileSystemException e when isLimit(e.getReason()) ->
                            new ResourceLimitException(
                                    name, told(call, e, withAdvice(e.getReason())));
                    case FileSystemException e ->
                            new IpcException(name, told(call, e, e.getReason()));
                    case IOException e when isLimit(e.getMessage()) ->
                            new ResourceLimitException(
                                    name, call + ": " + withAdvice(e.getMessage()));
                    default -> new IpcException(name, call + ": " + failure.getMessage());
                };
        return caused(translated, failure);
    }

    private static String told(String call, FileSystemException failure, String reason) {
        return call + " " + failure.getFile() + ": " + (reason == null ? "refused" : reason);
    }

    private static boolean isLimit(String reason) {
        return reason != null && LIMITS.keySet().stream().anyMatch(reason::contains);
    }

    private static String withAdvice(String reason) {
        return LIMITS.entrySet().stream()
                .filter(limit -> reason.contains(limit.getKey()))
                .findFirst()
                .map(limit -> reason + "; " + limit.getValue())
                .orElse(reason);
    }

    /**
     * Tells of the object that the user named, when the refusal came from one that it is composed
     * of.
     *
     * @param name what the user named
     */
    public static IpcException of(IpcName name, IpcException part) {
        if (part.name().equals(Optional.of(name))) {
            return part;
        }
        String message = "its shared memory " + part.getMessage();
        IpcException whole =
                switch (part) {
                    case NameExistsException e -> new NameExistsException(name, message);
                    case NameNotFoundException e -> new NameNotFoundException(name, message);
                    case IpcAccessDeniedException e -> new IpcAccessDeniedException(name, message);
                    case ResourceLimitException e -> new ResourceLimitException(name, message);
                    case IncompatibleException e -> new IncompatibleException(name, message);
                    default -> new IpcException(name, message);
                };
        return caused(whole, part);
    }

    private static IpcException caused(IpcException exception, IOException cause) {
        if (exception != cause) {
            exception.initCause(cause);
        }
        return exception;
    }
}
