// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.stream.LocalAddress;
import org.ipc4j.stream.LocalDatagram;
import org.ipc4j.stream.LocalDatagramOptions;
import org.ipc4j.stream.LocalDatagramSocket;
import org.ipc4j.stream.LocalServerSocket;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketOptions;
import org.ipc4j.stream.LocalSocketType;
import org.ipc4j.stream.PeerCredentials;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code ipc socket}. */
@Command(
        name = "socket",
        description = "Local sockets: connections that go both ways, and datagrams.")
final class SocketCommand {
    private static final int LONGEST_DATAGRAM = 1 << 19;

    @ParentCommand private IpcCommand ipc;

    /** Where the socket is. */
    static final class Address {
        @Parameters(
                index = "0",
                paramLabel = "NAME",
                description = "The socket's name; with a / in it, the path of its file.")
        private String name;

        @Option(
                names = "--abstract",
                description = "NAME is one of Linux's own that has no file and no owner.")
        private boolean isAbstract;

        LocalAddress value() {
            if (isAbstract) {
                return LocalAddress.ofAbstract(name);
            }
            return LocalAddress.of(new IpcName(name, name.indexOf('/') >= 0));
        }
    }

    /** What goes through a connection. */
    static final class Conversation {
        @Option(
                names = "--seqpacket",
                description =
                        "Exchange messages instead of a stream: each line is one, but for empty"
                                + " ones.")
        private boolean messages;

        @Option(names = "--no-input", description = "Do not read standard input, only listen.")
        private boolean noInput;

        @Option(names = "--who", description = "Tell on standard error who is at the other end.")
        private boolean showPeer;

        LocalSocketOptions options(AccessOption access) {
            return LocalSocketOptions.DEFAULT
                    .withType(messages ? LocalSocketType.SEQPACKET : LocalSocketType.STREAM)
                    .withAccess(access.value());
        }

        void with(LocalSocket socket, StandardStreams streams)
                throws IOException, InterruptedException {
            if (showPeer) {
                streams.err().println("ipc: the other end is " + describe(socket.peer()));
            }
            SocketConversation.hold(socket, streams, !noInput);
        }
    }

    private static String describe(PeerCredentials peer) {
        List<String> facts = new ArrayList<>();
        add(facts, "process", peer.processId());
        add(facts, "user", peer.userId());
        add(facts, "group", peer.groupId());
        peer.userName().ifPresent(name -> facts.add("user " + name));
        return facts.isEmpty() ? "not known" : String.join(", ", facts);
    }

    private static void add(List<String> facts, String what, OptionalLong number) {
        number.ifPresent(value -> facts.add(what + " " + value));
    }

    @Command(
            description = {
                "Creates a server, waits for a client, sends it standard input and writes what it"
                        + " sends to standard output.",
                "It ends when both have ended what they send."
            })
    void serve(
            @Mixin Address address,
            @Mixin Conversation conversation,
            @Mixin AccessOption access,
            @Mixin TimeoutOption timeout)
            throws IOException, InterruptedException, CommandFailure {
        LocalAddress at = address.value();
        Optional<LocalSocket> accepted;
        try (LocalServerSocket server =
                LocalServerSocket.create(at, conversation.options(access))) {
            accepted = server.accept(timeout.value());
        }
        timeout.require(accepted.isPresent(), at.name(), "no client");
        try (LocalSocket socket = accepted.orElseThrow()) {
            conversation.with(socket, ipc.streams());
        }
    }

    @Command(
            description = {
                "Connects to a server, sends it standard input and writes what it sends to standard"
                        + " output.",
                "It ends when both have ended what they send."
            })
    void connect(
            @Mixin Address address,
            @Mixin Conversation conversation,
            @Mixin AccessOption access,
            @Mixin TimeoutOption timeout)
            throws IOException, InterruptedException, CommandFailure {
        LocalAddress at = address.value();
        Optional<LocalSocket> connected =
                LocalSocket.connect(at, conversation.options(access), timeout.value());
        timeout.require(connected.isPresent(), at.name(), "the server does not accept");
        try (LocalSocket socket = connected.orElseThrow()) {
            conversation.with(socket, ipc.streams());
        }
    }

    @Command(description = "Sends a datagram, waiting until there is room.")
    void send(
            @Mixin Address address,
            @Mixin AccessOption access,
            @Mixin TimeoutOption timeout,
            @Parameters(
                            index = "1",
                            arity = "0..1",
                            paramLabel = "MESSAGE",
                            defaultValue = "-",
                            description = "The message; - or nothing is all of standard input.")
                    String message)
            throws IOException, InterruptedException, CommandFailure {
        LocalAddress to = address.value();
        try (LocalDatagramSocket socket =
                LocalDatagramSocket.createUnnamed(
                        LocalDatagramOptions.DEFAULT.withAccess(access.value()))) {
            // one byte more than fits shows that it is too long
            byte[] bytes =
                    message.equals("-")
                            ? ipc.streams()
                                    .in()
                                    .readNBytes(Math.addExact(socket.maxMessageSize(), 1))
                            : message.getBytes(argumentCharset());
            boolean sent = socket.send(ByteBuffer.wrap(bytes), to, List.of(), timeout.value());
            timeout.require(sent, to.name(), "no room");
        }
    }

    /** The shell's bytes came through this one; the way back gives the same bytes again. */
    private static Charset argumentCharset() {
        return Charset.forName(System.getProperty("native.encoding"));
    }

    @Command(
            description =
                    "Receives datagrams, waiting for each until there is one, and writes their"
                            + " bytes to standard output.")
    void receive(
            @Mixin Address address,
            @Mixin AccessOption access,
            @Mixin TimeoutOption timeout,
            @Option(
                            names = "--count",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "How many datagrams (${DEFAULT-VALUE}).")
                    int count,
            @Option(
                            names = "--follow",
                            description =
                                    "Go on for ever, or until nothing comes within --timeout.")
                    boolean follow,
            @Option(names = "--lines", description = "Write a line feed after each datagram.")
                    boolean lines,
            @Option(
                            names = "--who",
                            description = "Tell on standard error who has sent each datagram.")
                    boolean showPeer)
            throws IOException, InterruptedException, CommandFailure {
        LocalAddress at = address.value();
        OutputStream out = ipc.streams().out();
        ByteBuffer message = ByteBuffer.allocate(LONGEST_DATAGRAM + 1);
        try (LocalDatagramSocket socket =
                LocalDatagramSocket.create(
                        at, LocalDatagramOptions.DEFAULT.withAccess(access.value()))) {
            for (int i = 0; follow || i < count; i++) {
                message.clear().limit(LONGEST_DATAGRAM);
                Optional<LocalDatagram> received = socket.receive(message, timeout.value());
                timeout.require(received.isPresent(), at.name(), "no datagram");
                LocalDatagram datagram = received.orElseThrow();
                if (showPeer) {
                    ipc.streams().err().println("ipc: sent by " + describe(datagram.credentials()));
                }
                if (datagram.isTruncated()) {
                    throw new CommandFailure(
                            ExitStatus.LIMIT,
                            at.name() + ": a datagram has " + datagram.fullSize() + " bytes");
                }
                if (lines) {
                    message.limit(message.capacity()).put((byte) '\n');
                }
                out.write(message.array(), 0, message.position());
            }
        }
    }

    @Command(description = "Deletes a socket's name that its owner has left behind.")
    void remove(@Mixin Address address) throws IpcException, CommandFailure {
        LocalAddress at = address.value();
        if (at.kind() == LocalAddress.Kind.ABSTRACT || !LocalServerSocket.remove(at.name())) {
            throw new CommandFailure(ExitStatus.NOT_FOUND, at.name() + ": there is no such name");
        }
    }
}
