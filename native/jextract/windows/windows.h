/* Every header the Windows bindings are made from. The argument files beside it choose the names. */
#define _WIN32_WINNT 0x0A00
#include <windows.h>
#include <sddl.h>
#include <winternl.h>

/* What the Windows kernel has and mingw's headers for programs do not: see NtQuerySemaphore in ntdll.dll. */
#ifndef SEMAPHORE_QUERY_STATE
#define SEMAPHORE_QUERY_STATE 0x0001
#endif

typedef enum {
    SemaphoreBasicInformation
} SEMAPHORE_INFORMATION_CLASS;

typedef struct SEMAPHORE_BASIC_INFORMATION {
    LONG CurrentCount;
    LONG MaximumCount;
} SEMAPHORE_BASIC_INFORMATION;

NTSTATUS NTAPI NtQuerySemaphore(
    HANDLE SemaphoreHandle,
    SEMAPHORE_INFORMATION_CLASS SemaphoreInformationClass,
    PVOID SemaphoreInformation,
    ULONG SemaphoreInformationLength,
    PULONG ReturnLength);
