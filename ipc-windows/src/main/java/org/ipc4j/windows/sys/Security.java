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
 * <p>What we create belongs to the user of this process, also if that is elevated, and has an
 * access list of its own, which inherits nothing: the user may do everything, and others what their
 * access needs, but never change the list.
 *
 * @see <a
 *     href="https://learn.microsoft.com/en-us/windows/win32/secauthz/security-descriptor-string-format">Security
 *     descriptor string format</a>
 */
public final class Security {
    private static final int ALL = Windows.GENERIC_ALL();
    private static final String EVERYBODY = "WD";
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
        return attributes(descriptor(name, key, access, ALL, others, arena), arena);
    }

    /**
     * Makes what a call that creates is given for an object that is not complete when it gets its
     * name: whoever may use it later can only see that it is there, and whose it is. The handle
     * that the call gives can do everything all the same. {@link #complete} ends that.
     *
     * @param name the object's name, for messages
     * @param key the object's key, for messages
     * @param access who the object is for
     * @param arena the result lives as long
     * @return {@code SECURITY_ATTRIBUTES}
     * @throws IpcException if the system refuses
     */
    public static MemorySegment incomplete(IpcName name, String key, Access access, Arena arena)
            throws IpcException {
        return attributes(
                descriptor(name, key, access, Win32.READ_CONTROL, Win32.READ_CONTROL, arena),
                arena);
    }

    /**
     * Lets an object be used that was created with {@link #incomplete}.
     *
     * @param handle the handle that it was created with
     * @param name the object's name, for messages
     * @param key the object's key, for messages
     * @param access who the object is for
     * @param others what others than the owner may do with it
     * @throws IpcException if the system refuses
     */
    public static void complete(long handle, IpcName name, String key, Access access, int others)
            throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            check(
                    SecurityApi.SetKernelObjectSecurity(
                            handle,
                            Windows.DACL_SECURITY_INFORMATION(),
                            descriptor(name, key, access, ALL, others, arena)),
                    "SetKernelObjectSecurity",
                    name,
                    key);
        }
    }

    private static MemorySegment attributes(MemorySegment descriptor, Arena arena) {
        MemorySegment attributes = _SECURITY_ATTRIBUTES.allocate(arena);
        _SECURITY_ATTRIBUTES.nLength(attributes, (int) _SECURITY_ATTRIBUTES.sizeof());
        _SECURITY_ATTRIBUTES.lpSecurityDescriptor(attributes, descriptor);
        return attributes;
    }

    private static MemorySegment descriptor(
            IpcName name, String key, Access access, int owners, int others, Arena arena)
            throws IpcException {
        MemorySegment descriptor =
                SecurityApi.ConvertStringSecurityDescriptorToSecurityDescriptorW(
                        sddl(ProcessToken.read(name, key), access, owners, others), arena);
        if (descriptor.byteSize() == 0) {
            throw WindowsErrors.exception(
                    descriptor.address(),
                    "ConvertStringSecurityDescriptorToSecurityDescriptorW",
                    name,
                    key);
        }
        return descriptor;
    }

    /** The user is named by its own SID: Wine locks the owner out of a list of OWNER RIGHTS. */
    private static String sddl(ProcessToken self, Access access, int owners, int others) {
        String list = entry(owners, self.user().text());
        int rights = others | Win32.READ_CONTROL;
        return "O:%sG:%sD:P%s".formatted(self.user(), self.group(), list)
                + switch (access) {
                    case OWNER -> "";
                    case GROUP -> entry(rights, self.group().text());
                    case EVERYBODY -> entry(rights, EVERYBODY);
                };
    }

    private static String entry(int rights, String who) {
        return "(A;;0x%x;;;%s)".formatted(rights, who);
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
            if (_SECURITY_DESCRIPTOR_RELATIVE.Owner(descriptor) == 0) {
                return; // Wine records no owner of what was created without attributes
            }
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

    /** A descriptor that tells its owner need not tell a group. */
    private static Sid sid(MemorySegment descriptor, int offset) {
        return offset == 0 ? new Sid("(none)") : Sid.at(descriptor.asSlice(offset));
    }
}
