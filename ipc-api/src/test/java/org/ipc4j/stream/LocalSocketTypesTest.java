// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IpcName;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

class LocalSocketTypesTest {
    @Test
    void addressesTellTheirKind() {
        assertEquals(LocalAddress.Kind.NAME, LocalAddress.of(IpcName.of("gate")).kind());
        LocalAddress path = LocalAddress.of(Path.of("/run/gate"));
        assertEquals(LocalAddress.Kind.PATH, path.kind());
        assertEquals(path, LocalAddress.of(IpcName.ofNative("/run/gate")));
        assertTrue(Path.of(LocalAddress.of(Path.of("gate")).name().value()).isAbsolute());
        LocalAddress abstractName = LocalAddress.ofAbstract("gate");
        assertEquals(LocalAddress.Kind.ABSTRACT, abstractName.kind());
        assertEquals("@gate", abstractName.name().value());
    }

    @Test
    void kindAndNameBelongTogether() {
        IpcName portable = IpcName.of("gate");
        IpcName path = IpcName.ofNative("/gate");
        assertThrows(
                IllegalArgumentException.class,
                () -> new LocalAddress(LocalAddress.Kind.NAME, path));
        assertThrows(
                IllegalArgumentException.class,
                () -> new LocalAddress(LocalAddress.Kind.PATH, portable));
        assertThrows(
                IllegalArgumentException.class,
                () -> new LocalAddress(LocalAddress.Kind.ABSTRACT, path));
        assertThrows(IllegalArgumentException.class, () -> LocalAddress.ofAbstract(""));
        assertThrows(IllegalArgumentException.class, () -> LocalAddress.ofAbstract("a\0b"));
    }

    @Test
    void optionsHaveBounds() {
        LocalSocketOptions options = LocalSocketOptions.DEFAULT;
        assertThrows(IllegalArgumentException.class, () -> options.withBufferSize(0));
        assertThrows(IllegalArgumentException.class, () -> options.withBacklog(0));
        assertThrows(IllegalArgumentException.class, () -> options.withMaxHandles(-1));
        assertThrows(
                IllegalArgumentException.class,
                () -> options.withMaxHandles(LocalSocketOptions.HANDLES + 1));
        assertThrows(NullPointerException.class, () -> options.withAccess(null));
        assertThrows(NullPointerException.class, () -> options.withType(null));
        LocalSocketOptions other =
                options.withType(LocalSocketType.SEQPACKET)
                        .withAccess(Access.GROUP)
                        .withBufferSize(1)
                        .withBacklog(2)
                        .withMaxHandles(0);
        assertEquals(
                new LocalSocketOptions(LocalSocketType.SEQPACKET, Access.GROUP, 1, 2, 0), other);
        LocalDatagramOptions datagrams = LocalDatagramOptions.DEFAULT;
        assertThrows(IllegalArgumentException.class, () -> datagrams.withBufferSize(0));
        assertThrows(IllegalArgumentException.class, () -> datagrams.withMaxHandles(-1));
        assertThrows(NullPointerException.class, () -> datagrams.withAccess(null));
        assertEquals(
                new LocalDatagramOptions(Access.EVERYBODY, 7, 3),
                datagrams.withAccess(Access.EVERYBODY).withBufferSize(7).withMaxHandles(3));
    }

    @Test
    void truncationIsWhatIsMissing() {
        LocalDatagram whole = new LocalDatagram(3, 3, Optional.empty(), PeerCredentials.UNKNOWN);
        assertFalse(whole.isTruncated());
        assertTrue(
                new LocalDatagram(2, 3, Optional.empty(), PeerCredentials.UNKNOWN).isTruncated());
        assertThrows(
                IllegalArgumentException.class,
                () -> new LocalDatagram(4, 3, Optional.empty(), PeerCredentials.UNKNOWN));
    }

    @Test
    void credentialsKeepTheirGroups() {
        Set<Long> groups = new HashSet<>(Set.of(4L));
        PeerCredentials peer =
                new PeerCredentials(
                        OptionalLong.of(1),
                        OptionalLong.of(0),
                        OptionalLong.empty(),
                        Optional.of(groups),
                        Optional.empty());
        groups.add(5L);
        assertEquals(Optional.of(Set.of(4L)), peer.groups());
        assertEquals(OptionalLong.empty(), PeerCredentials.UNKNOWN.userId());
    }
}
