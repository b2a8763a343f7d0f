// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import static org.ipc4j.windows.sys.WindowsErrors.check;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.windows.sys.gen.Windows;
import org.ipc4j.windows.sys.gen._SID_AND_ATTRIBUTES;
import org.ipc4j.windows.sys.gen._TOKEN_OWNER;
import org.ipc4j.windows.sys.gen._TOKEN_PRIMARY_GROUP;
import org.ipc4j.windows.sys.gen._TOKEN_USER;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Who this process is.
 *
 * @param user its user
 * @param owner whom the objects belong to that it creates without saying whose they are: its user,
 *     or {@code Administrators} in an elevated process
 * @param group its primary group
 */
record ProcessToken(Sid user, Sid owner, Sid group) {
    /** A struct of at most two words before one SID. */
    private static final long ROOM = 16 + Windows.SECURITY_MAX_SID_SIZE();

    /**
     * Reads this process's token.
     *
     * @param name the object's name, for messages
     * @param key the object's key, for messages
     * @return the token
     * @throws IpcException if the system refuses
     */
    static ProcessToken read(IpcName name, String key) throws IpcException {
        long token = check(SecurityApi.OpenProcessToken(), "OpenProcessToken", name, key);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment room = arena.allocate(ROOM, 8);
            ask(token, Windows.TokenUser(), room, name, key);
            Sid user = sid(room, _SID_AND_ATTRIBUTES.Sid(_TOKEN_USER.User(room)));
            ask(token, Windows.TokenOwner(), room, name, key);
            Sid owner = sid(room, _TOKEN_OWNER.Owner(room));
            ask(token, Windows.TokenPrimaryGroup(), room, name, key);
            Sid group = sid(room, _TOKEN_PRIMARY_GROUP.PrimaryGroup(room));
            return new ProcessToken(user, owner, group);
        } finally {
            HandleApi.CloseHandle(token);
        }
    }

    private static void ask(long token, int what, MemorySegment room, IpcName name, String key)
            throws IpcException {
        check(SecurityApi.GetTokenInformation(token, what, room), "GetTokenInformation", name, key);
    }

    /** The system puts the SID behind the struct that points to it. */
    private static Sid sid(MemorySegment room, MemorySegment pointer) {
        return Sid.at(room.asSlice(pointer.address() - room.address()));
    }

    /**
     * Tells whether an object is this user's.
     *
     * @param other the object's owner
     * @return {@code true} if it is
     */
    boolean owns(Sid other) {
        return other.equals(user) || other.equals(owner);
    }
}
