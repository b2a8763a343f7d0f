// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import org.ipc4j.windows.sys.gen.Windows;

/** The constants of the Windows headers. Read once from what jextract made. */
public final class Win32 {
    /** {@code winbase.h}: what was waited for has come. */
    public static final int WAIT_OBJECT_0 = Windows.WAIT_OBJECT_0();

    /** {@code winerror.h}: the time is up. */
    public static final int WAIT_TIMEOUT = Windows.WAIT_TIMEOUT();

    /** {@code memoryapi.h}: a view can be read. */
    public static final int FILE_MAP_READ = Windows.FILE_MAP_READ();

    /** {@code memoryapi.h}: a view can be read and written. */
    public static final int FILE_MAP_WRITE = Windows.FILE_MAP_WRITE();

    /** {@code winnt.h}: to ask about a mapping. */
    public static final int SECTION_QUERY = Windows.SECTION_QUERY();

    /** {@code winnt.h}: to wait for an object. */
    public static final int SYNCHRONIZE = Windows.SYNCHRONIZE();

    /** {@code winnt.h}: to read whose an object is. */
    public static final int READ_CONTROL = Windows.READ_CONTROL();

    /** {@code winnt.h}: to release a semaphore. */
    public static final int SEMAPHORE_MODIFY_STATE = Windows.SEMAPHORE_MODIFY_STATE();

    /** {@code wdm.h}: to ask for a semaphore's permits. */
    public static final int SEMAPHORE_QUERY_STATE = Windows.SEMAPHORE_QUERY_STATE();

    private Win32() {}
}
