// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import org.ipc4j.windows.sys.gen._SID;
import org.ipc4j.windows.sys.gen._SID_IDENTIFIER_AUTHORITY;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A security identifier: a user or a group.
 *
 * @param text its string form, for example {@code S-1-5-32-544}
 * @see <a href="https://learn.microsoft.com/en-us/windows/win32/secauthz/sid-components">SID
 *     components</a>
 */
record Sid(String text) {
    /**
     * Reads a SID.
     *
     * @param sid memory that begins with it
     * @return the SID
     */
    static Sid at(MemorySegment sid) {
        long authority = 0;
        MemorySegment bytes = _SID.IdentifierAuthority(sid);
        for (long i = 0; i < _SID_IDENTIFIER_AUTHORITY.sizeof(); i++) {
            authority = authority << 8 | bytes.get(ValueLayout.JAVA_BYTE, i) & 0xff;
        }
        StringBuilder text =
                new StringBuilder("S-").append(_SID.Revision(sid)).append('-').append(authority);
        int count = _SID.SubAuthorityCount(sid) & 0xff;
        for (int i = 0; i < count; i++) {
            int part = sid.get(ValueLayout.JAVA_INT, _SID.SubAuthority$offset() + 4L * i);
            text.append('-').append(Integer.toUnsignedString(part));
        }
        return new Sid(text.toString());
    }

    @Override
    public String toString() {
        return text;
    }
}
