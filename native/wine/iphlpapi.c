// SPDX-License-Identifier: Apache-2.0
//
// Stands in for IPHLPAPI.DLL in the rig's private copy of the JDK. The JDK's net.dll needs one function that Wine 8 does not
// have, and the JVM dies where it looks for it: in SecureRandom, so in every temporary file, selector and file watcher. All
// the other functions are Wine's own, forwarded by iphlpapi.def.
#include <winsock2.h>
#include <ws2ipdef.h>
#include <netioapi.h>

/** An empty table. It is freed by FreeMibTable, which is Wine's, and that frees from the process heap. */
NETIO_STATUS WINAPI GetAnycastIpAddressTable(ADDRESS_FAMILY family, PMIB_ANYCASTIPADDRESS_TABLE *table) {
    (void) family;
    *table = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof **table);
    return *table ? NO_ERROR : ERROR_NOT_ENOUGH_MEMORY;
}
