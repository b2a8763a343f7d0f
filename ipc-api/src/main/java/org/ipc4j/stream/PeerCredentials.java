// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Who is at the other end, as the system says and never as the other end says. What the system does
 * not tell is absent, which is not the same as 0, the number of the superuser.
 *
 * <p>They are those of the process that connected, created the server or the pair, or sent the
 * datagram, at the time when it did so. It may have passed its end on to another process since, and
 * a process's number is given out anew after its death.
 *
 * @param processId the process's number, absent also if it cannot be seen from this pid namespace
 * @param userId the number of its effective user
 * @param groupId the number of its effective group
 * @param groups the numbers of its supplementary groups
 * @param userName the name of its user, where the system tells that
 */
public record PeerCredentials(
        OptionalLong processId,
        OptionalLong userId,
        OptionalLong groupId,
        Optional<Set<Long>> groups,
        Optional<String> userName) {
    /** Nothing is known. */
    public static final PeerCredentials UNKNOWN =
            new PeerCredentials(
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    Optional.empty());

    /** Copies the groups. */
    public PeerCredentials {
        Objects.requireNonNull(processId, "processId");
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(groupId, "groupId");
        Objects.requireNonNull(userName, "userName");
        groups = groups.map(Set::copyOf);
    }
}
