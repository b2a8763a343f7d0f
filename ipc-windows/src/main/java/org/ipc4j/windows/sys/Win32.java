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

    /** {@code winnt.h}: to read from a pipe. */
    public static final int FILE_READ_DATA = Windows.FILE_READ_DATA();

    /** {@code winnt.h}: to write to a pipe. */
    public static final int FILE_WRITE_DATA = Windows.FILE_WRITE_DATA();

    /** {@code winnt.h}: to ask about a pipe. */
    public static final int FILE_READ_ATTRIBUTES = Windows.FILE_READ_ATTRIBUTES();

    /** {@code winnt.h}: to set how a pipe is read. */
    public static final int FILE_WRITE_ATTRIBUTES = Windows.FILE_WRITE_ATTRIBUTES();

    /** {@code winbase.h}: operations go on after the call that begins them. */
    public static final int FILE_FLAG_OVERLAPPED = Windows.FILE_FLAG_OVERLAPPED();

    /** {@code winbase.h}: nobody has a pipe of that name yet. */
    public static final int FILE_FLAG_FIRST_PIPE_INSTANCE = Windows.FILE_FLAG_FIRST_PIPE_INSTANCE();

    /** {@code winbase.h}: {@link #SECURITY_IDENTIFICATION} is given. */
    public static final int SECURITY_SQOS_PRESENT = Windows.SECURITY_SQOS_PRESENT();

    /** {@code winbase.h}: a pipe's server may see who its client is, and no more. */
    public static final int SECURITY_IDENTIFICATION = Windows.SECURITY_IDENTIFICATION();

    /** {@code winbase.h}: the server reads. */
    public static final int PIPE_ACCESS_INBOUND = Windows.PIPE_ACCESS_INBOUND();

    /** {@code winbase.h}: the server reads and writes. */
    public static final int PIPE_ACCESS_DUPLEX = Windows.PIPE_ACCESS_DUPLEX();

    /** {@code winbase.h}: what is written is a stream. */
    public static final int PIPE_TYPE_BYTE = Windows.PIPE_TYPE_BYTE();

    /** {@code winbase.h}: each write is a message. */
    public static final int PIPE_TYPE_MESSAGE = Windows.PIPE_TYPE_MESSAGE();

    /** {@code winbase.h}: each read is of one message. */
    public static final int PIPE_READMODE_MESSAGE = Windows.PIPE_READMODE_MESSAGE();

    /** {@code winbase.h}: a pipe for this machine only. */
    public static final int PIPE_REJECT_REMOTE_CLIENTS = Windows.PIPE_REJECT_REMOTE_CLIENTS();

    /** {@code winnt.h}: to read a file. */
    public static final int GENERIC_READ = Windows.GENERIC_READ();

    /** {@code winnt.h}: to write a file. */
    public static final int GENERIC_WRITE = Windows.GENERIC_WRITE();

    /** {@code fileapi.h}: what is there. */
    public static final int OPEN_EXISTING = Windows.OPEN_EXISTING();

    /** {@code fileapi.h}: what is not there yet. */
    public static final int CREATE_NEW = Windows.CREATE_NEW();

    /** {@code winnt.h}: whatever others do with a file, move and delete it included. */
    public static final int FILE_SHARE_ALL =
            Windows.FILE_SHARE_READ() | Windows.FILE_SHARE_WRITE() | Windows.FILE_SHARE_DELETE();

    /** {@code winbase.h}: a symbolic link itself. */
    public static final int FILE_FLAG_OPEN_REPARSE_POINT = Windows.FILE_FLAG_OPEN_REPARSE_POINT();

    /** {@code minwinbase.h}: exclude every other lock. */
    public static final int LOCKFILE_EXCLUSIVE_LOCK = Windows.LOCKFILE_EXCLUSIVE_LOCK();

    /** {@code minwinbase.h}: do not wait. */
    public static final int LOCKFILE_FAIL_IMMEDIATELY = Windows.LOCKFILE_FAIL_IMMEDIATELY();

    /** {@code winbase.h}: take the name from who has it. */
    public static final int MOVEFILE_REPLACE_EXISTING = Windows.MOVEFILE_REPLACE_EXISTING();

    /** {@code winbase.h}: come back when it is on the disk. */
    public static final int MOVEFILE_WRITE_THROUGH = Windows.MOVEFILE_WRITE_THROUGH();

    private Win32() {}
}
