#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The partner program in Python: posix_ipc, mmap, FIFOs and sockets. It speaks the same lines as peer.c; see there."""

import errno
import fcntl
import mmap
import os
import signal
import socket
import stat
import struct
import sys
import time
import zlib
from keyword import iskeyword

try:
    import posix_ipc
except ImportError:
    sys.exit("the Python peer needs posix_ipc: pip install posix_ipc (in a virtual environment), "
             "then pass -Dipc.python=<its python>")


def pattern(seed, size, start=0):
    return bytes((seed + i * 31 + (i >> 8)) & 0xFF for i in range(start, start + size))


def mode(arguments, index):
    return int(arguments[index], 8) if len(arguments) > index else 0o600


class Sem:
    sem = None

    def create(self, key, permits, *more):
        self.sem = posix_ipc.Semaphore(key, posix_ipc.O_CREX, mode=mode(more, 0), initial_value=int(permits))
        return key

    def open(self, key):
        self.sem = posix_ipc.Semaphore(key)
        return key

    def post(self):
        self.sem.release()

    def wait(self):
        self.sem.acquire()

    def trywait(self):
        self.sem.acquire(0)

    def timedwait(self, millis):
        self.sem.acquire(int(millis) / 1000)

    def value(self):
        return self.sem.value

    def close(self):
        self.sem.close()

    def unlink(self, key):
        posix_ipc.unlink_semaphore(key)


class Shm:
    memory = None

    def _map(self, shm, access):
        self.memory = mmap.mmap(shm.fd, shm.size, access=access)
        shm.close_fd()

    def create(self, key, size, *more):
        self._map(posix_ipc.SharedMemory(key, posix_ipc.O_CREX, mode=mode(more, 0), size=int(size)), mmap.ACCESS_WRITE)
        return key

    def open(self, key):
        self._map(posix_ipc.SharedMemory(key), mmap.ACCESS_WRITE)
        return key

    def openReadOnly(self, key):
        self._map(posix_ipc.SharedMemory(key, read_only=True), mmap.ACCESS_READ)
        return key

    def memfd(self, size, seals):
        self.fd = os.memfd_create("peer", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        os.ftruncate(self.fd, int(size))
        self.memory = mmap.mmap(self.fd, int(size))
        if int(seals, 0):
            fcntl.fcntl(self.fd, fcntl.F_ADD_SEALS, int(seals, 0))
        return "/proc/%d/fd/%d" % (os.getpid(), self.fd)

    def adopt(self, path):
        fd = os.open(path, os.O_RDWR)
        seals = fcntl.fcntl(fd, fcntl.F_GET_SEALS)
        size = os.fstat(fd).st_size
        try:
            self.memory = mmap.mmap(fd, size, access=mmap.ACCESS_WRITE)
        except PermissionError:
            self.memory = mmap.mmap(fd, size, access=mmap.ACCESS_READ)
        for other in (1, size * 2):
            try:
                os.ftruncate(fd, other)
            except PermissionError:
                continue
            raise ValueError("its size could be changed")
        os.close(fd)
        return seals

    def size(self):
        return len(self.memory)

    def write(self, seed):
        self.memory[:] = pattern(int(seed), len(self.memory))

    def verify(self, seed):
        if self.memory[:] != pattern(int(seed), len(self.memory)):
            raise ValueError("the content differs")

    def digest(self):
        return "%08x" % zlib.crc32(self.memory)

    def close(self):
        self.memory.close()

    def unlink(self, key):
        posix_ipc.unlink_shared_memory(key)


class Mmap:
    fd = -1
    memory = None
    access = mmap.ACCESS_WRITE

    def _map(self):
        mapped = mmap.mmap(self.fd, os.fstat(self.fd).st_size, access=self.access)
        if self.memory:
            self.memory.close()
        self.memory = mapped

    def create(self, path, size, *more):
        self.fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, mode(more, 0))
        self.grow(size)
        return path

    def _open(self, path, flags, access):
        self.fd, self.access = os.open(path, flags), access
        self._map()
        return path

    def open(self, path):
        return self._open(path, os.O_RDWR, mmap.ACCESS_WRITE)

    def openReadOnly(self, path):
        return self._open(path, os.O_RDONLY, mmap.ACCESS_READ)

    def size(self):
        return len(self.memory)

    def grow(self, size):
        os.posix_fallocate(self.fd, 0, int(size))
        self._map()

    def refresh(self):
        self._map()
        return len(self.memory)

    def write(self, seed):
        self.memory[:] = pattern(int(seed), len(self.memory))

    def verify(self, seed):
        if self.memory[:] != pattern(int(seed), len(self.memory)):
            raise ValueError("the content differs")

    def digest(self):
        return "%08x" % zlib.crc32(self.memory)

    def force(self):
        self.memory.flush()

    def close(self):
        self.memory.close()
        self.memory = None
        os.close(self.fd)

    def unlink(self, path):
        os.unlink(path)


class Mq:
    queue = None

    def create(self, key, capacity, size, *more):
        self.queue = posix_ipc.MessageQueue(
            key, posix_ipc.O_CREX, mode=mode(more, 0), max_messages=int(capacity), max_message_size=int(size))
        return key

    def open(self, key):
        self.queue = posix_ipc.MessageQueue(key)
        return key

    def send(self, priority, text):
        self.queue.send(text, priority=int(priority))

    def timedsend(self, millis, priority, text):
        self.queue.send(text, int(millis) / 1000, int(priority))

    def receive(self):
        message, priority = self.queue.receive()
        return "%d %s" % (priority, message.decode())

    def timedreceive(self, millis):
        message, priority = self.queue.receive(int(millis) / 1000)
        return "%d %s" % (priority, message.decode())

    def attributes(self):
        return "%d %d %d" % (self.queue.max_messages, self.queue.max_message_size, self.queue.current_messages)

    def close(self):
        self.queue.close()

    def unlink(self, key):
        posix_ipc.unlink_message_queue(key)


class File:
    """Locks by fcntl(2), of an open file, of the process ("kind classic"), or by flock(2); versions by rename(2)."""

    fd = -1
    path = None
    kind_ = "ofd"

    def open(self, path, *more):
        self.fd = os.open(path, os.O_RDWR | os.O_CREAT, mode(more, 0))

    def kind(self, kind):
        self.kind_ = kind

    def _lock(self, type_, start, size, wait):
        """Python's fcntl.lockf() is the classic lock; for that of an open file there is only the structure."""
        if self.kind_ == "flock":
            how = {"shared": fcntl.LOCK_SH, "exclusive": fcntl.LOCK_EX, "none": fcntl.LOCK_UN}[type_]
            fcntl.flock(self.fd, how | (0 if wait else fcntl.LOCK_NB))
        elif self.kind_ == "classic":
            how = {"shared": fcntl.LOCK_SH, "exclusive": fcntl.LOCK_EX, "none": fcntl.LOCK_UN}[type_]
            fcntl.lockf(self.fd, how | (0 if wait else fcntl.LOCK_NB), int(size), int(start))
        else:
            how = {"shared": fcntl.F_RDLCK, "exclusive": fcntl.F_WRLCK, "none": fcntl.F_UNLCK}[type_]
            lock = struct.pack("hhqqi4x", how, os.SEEK_SET, int(start), int(size), 0)
            fcntl.fcntl(self.fd, fcntl.F_OFD_SETLKW if wait else fcntl.F_OFD_SETLK, lock)

    def lock(self, type_, start, size):
        self._lock(type_, start, size, True)

    def trylock(self, type_, start, size):
        try:
            self._lock(type_, start, size, False)
        except (BlockingIOError, PermissionError):
            raise posix_ipc.BusyError("locked") from None

    def timedlock(self, type_, start, size, millis):
        end = time.monotonic() + int(millis) / 1000
        while True:
            try:
                return self.trylock(type_, start, size)
            except posix_ipc.BusyError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.001)

    def unlock(self):
        self._lock("none", 0, 0, True)

    def close(self):
        os.close(self.fd)

    def count(self, path, times):
        for _ in range(int(times)):
            self.lock("exclusive", 0, 0)
            try:
                with open(path) as file:
                    value = int(file.read())
            except FileNotFoundError:
                value = 0
            with open(path, "w") as file:
                file.write(str(value + 1))
            self.unlock()

    def at(self, path, *_):
        self.path = path

    def publish(self, size, seed):
        new = self.path + ".new"
        with open(new, "wb") as file:
            file.write(pattern(int(seed), int(size)))
            file.flush()
            os.fsync(file.fileno())
        os.rename(new, self.path)
        return os.stat(self.path).st_mtime_ns

    def read(self):
        with open(self.path, "rb") as file:
            data = file.read()
            return "%d %08x %d" % (len(data), zlib.crc32(data), os.fstat(file.fileno()).st_mtime_ns)

    def await_(self, after, millis):
        end = time.monotonic() + int(millis) / 1000
        while time.monotonic() < end:
            if os.path.exists(self.path) and os.stat(self.path).st_mtime_ns > int(after):
                return self.read()
            time.sleep(0.001)
        raise posix_ipc.BusyError("no version")


class Fifo:
    fd = -1

    def make(self, path, *more):
        os.mkfifo(path, mode(more, 0))
        return path

    def reader(self, path):
        self.fd = os.open(path, os.O_RDONLY)
        return path

    def writer(self, path):
        self.fd = os.open(path, os.O_WRONLY)
        return path

    def _write(self, data):
        view = memoryview(data)
        while view:
            view = view[os.write(self.fd, view):]

    def write(self, text):
        self._write(text.encode())

    def read(self):
        data = os.read(self.fd, 65535)
        if not data:
            raise posix_ipc.BusyError("the end")
        return data.decode()

    def fill(self, size, seed):
        for start in range(0, int(size), 65536):
            self._write(pattern(int(seed), min(65536, int(size) - start), start))

    def drain(self):
        total, crc = 0, 0
        while data := os.read(self.fd, 65536):
            total += len(data)
            crc = zlib.crc32(data, crc)
        return "%d %08x" % (total, crc)

    def close(self):
        os.close(self.fd)

    def unlink(self, path):
        os.unlink(path)


class Sock:
    """Sockets as Python has them: socket.send_fds, recv_fds, SO_PEERCRED."""

    TYPES = {"stream": socket.SOCK_STREAM, "seqpacket": socket.SOCK_SEQPACKET, "dgram": socket.SOCK_DGRAM}

    server = None
    socket = None

    def _who(self):
        pid, uid, _ = struct.unpack("iII", self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
        return "%d %d" % (pid, uid)

    def serve(self, path, kind="stream", *more):
        made = socket.socket(socket.AF_UNIX, self.TYPES[kind])
        made.bind(path)
        if kind == "dgram":
            self.socket = made
        else:
            made.listen(16)
            self.server = made
        return path

    def accept(self):
        self.socket = self.server.accept()[0]
        return self._who()

    def connect(self, path, kind="stream", *more):
        self.socket = socket.socket(socket.AF_UNIX, self.TYPES[kind])
        self.socket.connect(path)
        return self._who()

    def write(self, text):
        self.socket.sendall(text.encode())

    def read(self):
        data = self.socket.recv(65535)
        if not data:
            raise posix_ipc.BusyError("the end")
        return data.decode()

    def fill(self, size, seed):
        for start in range(0, int(size), 65536):
            self.socket.sendall(pattern(int(seed), min(65536, int(size) - start), start))

    def drain(self):
        total, crc = 0, 0
        while data := self.socket.recv(65536):
            total += len(data)
            crc = zlib.crc32(data, crc)
        return "%d %08x" % (total, crc)

    def shutdown(self):
        self.socket.shutdown(socket.SHUT_WR)

    def passPair(self, text):
        passed, kept = socket.socketpair()
        socket.send_fds(self.socket, [text.encode()], [passed.fileno()])
        passed.close()
        self.socket.close()
        self.socket = kept

    def passFile(self, path, text, copies="1", how="r"):
        fd = os.open(path, {"r": os.O_RDONLY, "w": os.O_WRONLY, "rw": os.O_RDWR}[how])
        socket.send_fds(self.socket, [text.encode()], [fd] * int(copies))
        os.close(fd)

    def take(self):
        data, descriptors, _, _ = socket.recv_fds(self.socket, 65535, 1)
        if not descriptors:
            return "%s NOTHING" % data.decode()
        if stat.S_ISSOCK(os.fstat(descriptors[0]).st_mode):
            self.socket.close()
            self.socket = socket.socket(fileno=descriptors[0])
            return "%s SOCKET" % data.decode()
        os.close(descriptors[0])
        return "%s FILE" % data.decode()

    def keep(self):
        data, descriptors, _, _ = socket.recv_fds(self.socket, 65535, 1)
        return "%s /proc/%d/fd/%d" % (data.decode(), os.getpid(), descriptors[0])

    def sendto(self, path, text, *more):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as unnamed:
            (self.socket or unnamed).sendto(text.encode(), path)

    def close(self):
        for each in (self.socket, self.server):
            if each:
                each.close()
        self.socket = self.server = None

    def unlink(self, path):
        os.unlink(path)


class IncompatibleError(Exception):
    pass


class Chan:
    """Looks at channels by channel.h, without taking part: Python has no compare-and-swap to take a seat with, nor stores
    in an order. What is read is checked by reading the head again: the receiver gives back no room that is before it."""

    memory = None

    def observe(self, key):
        shm = posix_ipc.SharedMemory(key, read_only=True)
        self.memory = mmap.mmap(shm.fd, shm.size, access=mmap.ACCESS_READ)
        shm.close_fd()
        try:
            self._require(len(self.memory))
        except IncompatibleError:
            self.close()
            raise
        return key

    def _int(self, at):
        return struct.unpack_from("=i", self.memory, at)[0]

    def _long(self, at):
        return struct.unpack_from("=q", self.memory, at)[0]

    def _require(self, size):
        if size < 8704 or self.memory[0:8] != b"ipc4jCH ":
            raise IncompatibleError("the memory is no channel")
        if self._int(8) != 1:
            raise IncompatibleError("the channel has version %d, not 1" % self._int(8))
        self.senders, self.capacity, self.message_size = self._int(40), self._int(48), self._int(52)
        if not (1 <= self.senders <= 64 and 0 <= self._int(44) <= 2
                and 4096 <= self.capacity <= 1 << 30 and self.capacity.bit_count() == 1
                and 1 <= self.message_size <= self.capacity // 4
                and self._ring(self.senders) + 4096 == self._long(16) <= size):
            raise IncompatibleError("the channel's numbers do not fit each other")

    def _words(self, ring):
        return 8704 + 640 * ring

    def _ring(self, ring):
        return (self._words(self.senders) + 4095) // 4096 * 4096 + ring * self.capacity

    def peek(self):
        """Tells the messages that are sent and not yet handled: SENDER POSITION TEXT of each."""
        found = [entry for ring in range(self.senders) for entry in self._unhandled(ring)]
        return " ".join("%d %d %s" % entry for entry in found) or None

    def _unhandled(self, ring):
        words, found = self._words(ring), []
        position, tail = self._long(words + 384), self._long(words + 128)
        while position < tail:
            turn = position % self.capacity
            at = self._ring(ring) + turn
            length, kind = self._int(at), self._int(at + 4)
            if kind == 0 and 0 <= length <= min(self.message_size, self.capacity - turn - 8):
                text = self.memory[at + 8:at + 8 + length]
            elif kind == 1 and length == self.capacity - turn - 8:
                text = None
            else:
                text, kind = None, -1
            if self._long(words + 256) > position:
                found.clear()  # its room may have been used again meanwhile
                position = self._long(words + 256)
                continue
            if kind < 0:
                raise IncompatibleError("a record does not fit")
            if text is not None:
                found.append((ring, position, text.decode()))
            position += (length + 15) // 8 * 8
        return found

    def close(self):
        self.memory.close()


class Sig:
    """Python sends no values, and tells of none that it receives."""

    subscribed = set()

    def subscribe(self, *numbers):
        self.subscribed = {int(number) for number in numbers}
        signal.pthread_sigmask(signal.SIG_BLOCK, self.subscribed)

    def await_(self, millis):
        info = signal.sigtimedwait(self.subscribed, int(millis) / 1000)
        if info is None:
            raise posix_ipc.BusyError("nothing")
        return "%d %d %d -" % (info.si_signo, info.si_pid, info.si_uid)

    def send(self, pid, number):
        os.kill(int(pid), int(number))

    def sendByDescriptor(self, pid, number):
        fd = os.pidfd_open(int(pid))
        try:
            signal.pidfd_send_signal(fd, int(number))
        finally:
            os.close(fd)


setattr(Sig, "await", Sig.await_)
class Topic:
    """Follows topics by topic.h, without a place: nobody waits for it. What is read is checked by reading the head again."""

    memory = None

    def observe(self, key):
        shm = posix_ipc.SharedMemory(key, read_only=True)
        self.memory = mmap.mmap(shm.fd, shm.size, access=mmap.ACCESS_READ)
        shm.close_fd()
        try:
            self._require(len(self.memory))
        except IncompatibleError:
            self.close()
            raise
        self.position, self.missed, self.sequence = self._long(384), 0, None
        return key

    def _int(self, at):
        return struct.unpack_from("=i", self.memory, at)[0]

    def _long(self, at):
        return struct.unpack_from("=q", self.memory, at)[0]

    def _require(self, size):
        if size < 9216 or self.memory[0:8] != b"ipc4jTO ":
            raise IncompatibleError("the memory is no topic")
        if self._int(8) != 1:
            raise IncompatibleError("the topic has version %d, not 1" % self._int(8))
        subscribers, self.capacity, self.message_size = self._int(40), self._int(48), self._int(52)
        self.ring = (9216 + 256 * subscribers + 4095) // 4096 * 4096
        if not (1 <= subscribers <= 64 and 0 <= self._int(44) <= 2 and 0 <= self._int(56) <= 2
                and 4096 <= self.capacity <= 1 << 30 and self.capacity.bit_count() == 1
                and 1 <= self.message_size <= self.capacity // 4
                and self.ring + self.capacity + 4096 == self._long(16) <= size):
            raise IncompatibleError("the topic's numbers do not fit each other")

    def follow(self):
        """Tells the messages that were published since: POSITION TEXT of each. Counts what it has missed."""
        found, tail = [], self._long(384)
        while self.position < tail:
            turn = self.position % self.capacity
            at = self.ring + turn
            length, kind, sequence = self._int(at), self._int(at + 4), self._long(at + 8)
            if kind == 0 and 0 <= length <= min(self.message_size, self.capacity - turn - 16):
                text = self.memory[at + 16:at + 16 + length]
            elif kind == 1 and length == self.capacity - turn - 16:
                text = None
            else:
                text, kind = None, -1
            if self._long(512) > self.position:
                self.position = self._long(512)  # it may have been written over meanwhile
                continue
            if kind < 0:
                raise IncompatibleError("a record does not fit")
            if text is not None:
                self.missed += sequence - self.sequence - 1 if self.sequence is not None else 0
                self.sequence = sequence
                found.append("%d %s" % (self.position, text.decode()))
            self.position += (length + 31) // 16 * 16
        return " ".join(found) or None

    def overtaken(self):
        return self.missed

    def close(self):
        self.memory.close()


def obey(mechanisms, words):
    try:
        result = getattr(mechanisms[words[0]], words[1] + "_" * iskeyword(words[1]))(*words[2:])
        return "ok" if result is None else "ok %s" % result
    except posix_ipc.BusyError:
        return "none"
    except posix_ipc.ExistentialError as e:
        return "error %d %s" % (errno.EEXIST if "exist" in str(e) and "No " not in str(e) else errno.ENOENT, e)
    except OSError as e:
        return "error %d %s" % (e.errno, e)
    except Exception as e:
        return "error -1 %s: %s" % (type(e).__name__, e)


def main():
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    mechanisms = {
        "sem": Sem(), "shm": Shm(), "mmap": Mmap(), "mq": Mq(), "fifo": Fifo(), "sock": Sock(), "chan": Chan(), "sig": Sig(),
        "file": File(), "topic": Topic()}
    if len(sys.argv) > 1:
        print(obey(mechanisms, sys.argv[1:]))
        return
    for line in sys.stdin:
        print(obey(mechanisms, line.split()), flush=True)


main()
