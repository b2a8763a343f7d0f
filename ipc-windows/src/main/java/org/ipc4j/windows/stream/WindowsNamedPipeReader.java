// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.stream.NamedPipeOptions;
import org.ipc4j.stream.NamedPipeReader;

/** The reading end of a pipe with a name. */
final class WindowsNamedPipeReader extends WindowsPipeReader implements NamedPipeReader {
    private WindowsNamedPipeReader(Listening listening) {
        super(listening);
    }

    static WindowsNamedPipeReader create(IpcName name, NamedPipeOptions options)
            throws IpcException {
        return new WindowsNamedPipeReader(Listening.to(name, options.access()));
    }

    @Override
    public String nativeKey() {
        return key();
    }
}
