// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.ipc4j.Access;
import org.ipc4j.IpcAccessDeniedException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.windows.sys.gen.Windows;
import org.ipc4j.windows.sys.gen._SECURITY_ATTRIBUTES;
import org.ipc4j.windows.sys.gen._SECURITY_DESCRIPTOR_RELATIVE;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** What the system has recorded of who may use an object, and whom it refuses. */
@EnabledOnOs(OS.WINDOWS)
class SecurityTest {
    private static final IpcName NAME =
            IpcName.of("security-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
    private static final String KEY = WindowsNames.memory(NAME);
    private static final int USE = Win32.FILE_MAP_READ | Win32.FILE_MAP_WRITE;

    /** {@code LocalSystem}, a user that this process is not. */
    private static final String SYSTEM = "S-1-5-18";

    private final Arena arena = Arena.ofConfined();
    private final List<Long> handles = new ArrayList<>();

    @AfterEach
    void close() {
        handles.forEach(HandleApi::CloseHandle);
        arena.close();
    }

    private long created(MemorySegment attributes) throws IpcException {
        long handle = MemoryApi.CreateFileMappingW(attributes, 100, KEY);
        WindowsErrors.check(handle, "CreateFileMappingW", NAME, KEY);
        handles.add(handle);
        return handle;
    }

    /**
     * Wine lets anybody say that an object is another user's; Windows wants a privilege for that.
     */
    private long createdBySystem(String group) throws IpcException {
        String sddl = "O:" + SYSTEM + "G:" + group + "D:P(A;;GA;;;WD)";
        try {
            return created(attributes(sddl));
        } catch (IpcException e) {
            assumeTrue(
                    e.error().orElseThrow().code() != Windows.ERROR_INVALID_OWNER(),
                    "only a process with SeRestorePrivilege can make an object another user's");
            throw e;
        }
    }

    private long opened(int rights) {
        long handle = MemoryApi.OpenFileMappingW(rights, KEY);
        if (handle > 0) {
            handles.add(handle);
        }
        return handle;
    }

    private MemorySegment attributes(String sddl) {
        MemorySegment attributes = _SECURITY_ATTRIBUTES.allocate(arena);
        _SECURITY_ATTRIBUTES.nLength(attributes, (int) _SECURITY_ATTRIBUTES.sizeof());
        _SECURITY_ATTRIBUTES.lpSecurityDescriptor(
                attributes,
                SecurityApi.ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl, arena));
        return attributes;
    }

    /** The entries of an object's access list, as {@code rights sid}, in their order. */
    private List<String> list(long handle) {
        MemorySegment descriptor = arena.allocate(1024, 8);
        int what = Windows.OWNER_SECURITY_INFORMATION() | Windows.DACL_SECURITY_INFORMATION();
        assertEquals(0, SecurityApi.GetKernelObjectSecurity(handle, what, descriptor));
        MemorySegment acl = descriptor.asSlice(_SECURITY_DESCRIPTOR_RELATIVE.Dacl(descriptor));
        int count = acl.get(ValueLayout.JAVA_SHORT, 4); // ACL.AceCount
        List<String> entries = new ArrayList<>();
        long at = 8; // sizeof(ACL)
        for (int i = 0; i < count; i++) {
            MemorySegment entry = acl.asSlice(at);
            assertEquals(0, entry.get(ValueLayout.JAVA_BYTE, 0), "ACCESS_ALLOWED_ACE_TYPE");
            entries.add(
                    Integer.toHexString(entry.get(ValueLayout.JAVA_INT, 4))
                            + " "
                            + Sid.at(entry.asSlice(8)));
            at += entry.get(ValueLayout.JAVA_SHORT, 2);
        }
        return entries;
    }

    @Test
    void theListIsTheOneAskedFor() throws Exception {
        ProcessToken self = ProcessToken.read(NAME, KEY);
        String all = Integer.toHexString(Windows.GENERIC_ALL()) + " " + self.user();
        String others = Integer.toHexString(USE | Win32.READ_CONTROL) + " ";
        for (Access access : Access.values()) {
            long handle = created(Security.attributes(NAME, KEY, access, USE, arena));
            assertEquals(
                    switch (access) {
                        case OWNER -> List.of(all);
                        case GROUP -> List.of(all, others + self.group());
                        case EVERYBODY -> List.of(all, others + "S-1-1-0");
                    },
                    list(handle));
            Security.requireOwner(handle, NAME, KEY, Access.OWNER);
            HandleApi.CloseHandle(handles.removeLast());
        }
    }

    @Test
    void whatIsIncompleteCanOnlyBeLookedAt() throws Exception {
        long handle = created(Security.incomplete(NAME, KEY, Access.GROUP, arena));
        assertEquals(Win32Error.ERROR_ACCESS_DENIED, Win32Error.of(opened(USE)));
        assertEquals(Win32Error.ERROR_ACCESS_DENIED, Win32Error.of(opened(Win32.FILE_MAP_READ)));
        assertTrue(opened(Win32.READ_CONTROL) > 0);
        Security.complete(handle, NAME, KEY, Access.GROUP, USE);
        assertTrue(opened(USE) > 0);
        assertEquals(2, list(handle).size());
    }

    @Test
    void whatIsAnotherUsersIsRefused() throws Exception {
        long handle = createdBySystem(SYSTEM);
        for (Access access : List.of(Access.OWNER, Access.GROUP)) {
            String message =
                    assertThrows(
                                    IpcAccessDeniedException.class,
                                    () -> Security.requireOwner(handle, NAME, KEY, access))
                            .getMessage();
            assertTrue(message.contains(SYSTEM), message);
        }
        Security.requireOwner(handle, NAME, KEY, Access.EVERYBODY);
    }

    @Test
    void anotherUserOfTheGroupIsAcceptedForTheGroup() throws Exception {
        String group = ProcessToken.read(NAME, KEY).group().text();
        long handle = createdBySystem(group);
        assertThrows(
                IpcAccessDeniedException.class,
                () -> Security.requireOwner(handle, NAME, KEY, Access.OWNER));
        Security.requireOwner(handle, NAME, KEY, Access.GROUP);
    }

    @Test
    void anUnreadableOwnerIsRefused() throws Exception {
        created(Security.attributes(NAME, KEY, Access.OWNER, USE, arena));
        long blind = opened(Win32.FILE_MAP_READ);
        assertTrue(blind > 0);
        assertThrows(
                IpcAccessDeniedException.class,
                () -> Security.requireOwner(blind, NAME, KEY, Access.OWNER));
    }
}
