// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import org.ipc4j.Access;
import org.ipc4j.posix.sys.SocketCalls;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.spi.FileOwner;
import org.ipc4j.stream.PeerCredentials;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Who is at the other end of a socket, and whether that is accepted. */
final class SocketPeer {
    /** What the kernel says of a socket that is not connected. */
    private static final int NOBODY = -1;

    private SocketPeer() {}

    /** Asks who is at the other end. */
    static PeerCredentials of(int fd) {
        SocketCalls.Credentials found = SocketCalls.getsockopt_peercred(fd);
        return found.result() < 0 || found.uid() == NOBODY
                ? PeerCredentials.UNKNOWN
                : known(found, SocketCalls.getsockopt_peergroups(fd));
    }

    /** Says who has sent a message. */
    static PeerCredentials of(SocketCalls.Credentials sender) {
        return known(sender, Optional.empty());
    }

    private static PeerCredentials known(
            SocketCalls.Credentials found, Optional<Set<Long>> groups) {
        return new PeerCredentials(
                found.pid() > 0 ? OptionalLong.of(found.pid()) : OptionalLong.empty(),
                OptionalLong.of(Integer.toUnsignedLong(found.uid())),
                OptionalLong.of(Integer.toUnsignedLong(found.gid())),
                groups,
                Optional.empty());
    }

    /** Tells whether a socket is connected, or was. */
    static boolean isThere(int fd) {
        SocketCalls.Credentials found = SocketCalls.getsockopt_peercred(fd);
        return found.result() == 0 && found.uid() != NOBODY;
    }

    /** Tells whether the peer is one whom an access means. */
    static boolean isAccepted(PeerCredentials peer, Access access) {
        if (access == Access.EVERYBODY) {
            return true;
        }
        if (peer.userId().isEmpty()) {
            return false;
        }
        if (peer.userId().getAsLong() == Integer.toUnsignedLong(UnistdCalls.geteuid())) {
            return true;
        }
        return access == Access.GROUP && sharesGroup(peer);
    }

    private static boolean sharesGroup(PeerCredentials peer) {
        Set<Long> ours = FileOwner.groups();
        return ours.contains(peer.groupId().orElse(NOBODY))
                || peer.groups().stream().flatMap(Set::stream).anyMatch(ours::contains);
    }
}
