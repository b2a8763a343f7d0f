// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import static org.ipc4j.windows.sys.WindowsErrors.check;

import org.ipc4j.Access;
import org.ipc4j.IpcAccessDeniedException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.windows.sys.gen.Windows;
import org.ipc4j.windows.sys.gen._SECURITY_ATTRIBUTES;
import org.ipc4j.windows.sys.gen._SECURITY_DESCRIPTOR_RELATIVE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Who may use an object, and whose it is.
 *
 * <p>What we create belongs to the user of this process, also if that is elevated, and has an access
 * list of its own, which inherits nothing: the user may do everything, and others what their access
 * needs, but never change the list.
 *
 * @see <a
 *     href="https://learn.microsoft.com/en-us/windows/win32/secauthz/security-descriptor-string-format">Security
 *     descriptor string format</a>
 */
public final class Security {
    private static final int OWNER_AND_GROUP =
            Windows.OWNER_SECURITY_INFORMATION() | Windows.GROUP_SECURITY_INFORMATION();

    private static final long ROOM =
            _SECURITY_DESCRIPTOR_RELATIVE.sizeof() + 2L * Windows.SECURITY_MAX_SID_SIZE();

    private Security() {}

    /**
     * Makes what a call that creates is given.
     *
     * @param name the object's name, for messages
     * @param key the object's key, for messages
     * @param access who the object is for
     * @param others what others than the owner may do with it; {@code READ_CONTROL} is added, by
     *     which they see whose it is
     * @param arena the result lives as long
     * @return {@code SECURITY_ATTRIBUTES}
     * @throws IpcException if the system refuses
     */
    public static MemorySegment attributes(
            IpcName name, String key, Access access, int others, Arena arena) throws IpcException {
        MemorySegment descriptor =
                SecurityApi.ConvertStringSecurityDescriptorToSecurityDescriptorW(
                        sddl(ProcessToken.read(name, key), access, others), arena);
        if (descriptor.byteSize() == 0) {
            throw WindowsErrors.exception(
                    descriptor.address(),
                    "ConvertStringSecurityDescriptorToSecurityDescriptorW",
                    name,
                    key);
        }
        MemorySegment attributes = _SECURITY_ATTRIBUTES.allocate(arena);
        _SECURITY_ATTRIBUTES.nLength(attributes, (int) _SECURITY_ATTRIBUTES.sizeof());
        _SECURITY_ATTRIBUTES.lpSecurityDescriptor(attributes, descriptor);
        return attributes;
    }

    /** The user is named by its own SID: Wine locks the owner out of a list of OWNER RIGHTS. */
    static String sddl(ProcessToken self, Access access, int others) {
        String rights = "0x" + Integer.toHexString(others | Win32.READ_CONTROL);
        String list =
                switch (access) {
                    case OWNER -> "";
                    case GROUP -> "(A;;" + rights + ";;;" + self.group() + ")";
                    case EVERYBODY -> "(A;;" + rights + ";;;WD)";
                };
        return "O:" + self.user() + "G:" + self.group() + "D:P(A;;GA;;;" + self.user() + ")" + list;
    }

    /**
     * Returns what an object must be opened for besides, if {@link #requireOwner} is called then.
     *
     * @param access whose objects the caller accepts
     * @return {@code READ_CONTROL}, or 0 if everybody's are accepted
     */
    public static int toKnowOwner(Access access) {
        return access == Access.EVERYBODY ? 0 : Win32.READ_CONTROL;
    }

    /**
     * Refuses an object of a user whose objects the caller does not accept.
     *
     * @param handle the object's handle, opened with {@link #toKnowOwner}
     * @param name the object's name, for messages
     * @param key the object's key, for messages
     * @param access whose objects the caller accepts
     * @throws IpcAccessDeniedException if the owner is not accepted
     * @throws IpcException if the owner cannot be known
     */
    public static void requireOwner(long handle, IpcName name, String key, Access access)
            throws IpcException {
        if (access == Access.EVERYBODY) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment descriptor = arena.allocate(ROOM, 8);
            check(
                    SecurityApi.GetKernelObjectSecurity(handle, OWNER_AND_GROUP, descriptor),
                    "GetKernelObjectSecurity",
                    name,
                    key);
            Sid owner = sid(descriptor, _SECURITY_DESCRIPTOR_RELATIVE.Owner(descriptor));
            Sid group = sid(descriptor, _SECURITY_DESCRIPTOR_RELATIVE.Group(descriptor));
            ProcessToken self = ProcessToken.read(name, key);
            if (!self.owns(owner) && !(access == Access.GROUP && self.group().equals(group))) {
                throw new IpcAccessDeniedException(
                        name,
                        "it belongs to user "
                                + owner
                                + ", not to "
                                + self.user()
                                + "; if that is expected, open it with Access.EVERYBODY, or with"
                                + " Access.GROUP for group "
                                + group);
            }
        }
    }

    /** Nobody, if the object has none. */
    private static Sid sid(MemorySegment descriptor, int offset) {
        return offset == 0 ? new Sid("(none)") : Sid.at(descriptor.asSlice(offset));
    }
}
