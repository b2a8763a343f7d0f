// SPDX-License-Identifier: Apache-2.0

package org.ipc4j;

/**
 * Who, besides the current user, a shared object is for.
 *
 * <p>When an object is created this decides its permissions, whatever the process's umask is. When
 * one is opened it decides whose objects are accepted: a name is easily taken by somebody else
 * first, so an object of another user is refused with {@link IpcAccessDeniedException} unless the
 * caller said that it expects one.
 */
public enum Access {
    /**
     * The current user only: mode {@code 0600}, or on Windows an access list that names nobody
     * else. Opens only what belongs to the current user.
     */
    OWNER,
    /**
     * The current user and group: mode {@code 0660}, or on Windows the user and its primary group.
     * Opens also what belongs to the current group.
     */
    GROUP,
    /** Every user: mode {@code 0666}, or on Windows everyone. Opens an object of any user. */
    EVERYBODY
}
