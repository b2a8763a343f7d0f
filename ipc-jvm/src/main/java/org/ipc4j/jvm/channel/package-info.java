// SPDX-License-Identifier: Apache-2.0

/**
 * Channels and topics: lock-free rings of messages in shared memory. {@link
 * org.ipc4j.jvm.channel.ChannelLayout} and {@link org.ipc4j.jvm.channel.TopicLayout} say what every
 * word means, and who writes it when.
 *
 * <p>A {@code MessageWriter} copies and waits, a {@code RingWriter} below it writes a ring, and the
 * {@code RingSender} and {@code RingPublisher} below that know who reads it. A {@code
 * MessageReader} copies and waits; the {@code RingSubscriber} below it reads its topic's ring, and
 * the {@code RingReceiver} goes round its channel's, of which each has a {@code RingReader}. Those
 * who read and write get a class of their own for each object, see {@code Special}.
 *
 * <h2>Memory order</h2>
 *
 * <p>Every order that is needed is one that the language gives on every processor; nothing relies
 * on x86 keeping stores, or loads, in their order. On aarch64 the accesses below are what is named
 * beside them, and without them that processor would do otherwise. All words are naturally aligned,
 * so each load and store of one is a single access. Messages themselves are written and read
 * plainly, in any order and in any pieces.
 *
 * <table class="striped">
 * <caption>Who is ordered against whom</caption>
 * <thead><tr><th scope="col">first</th><th scope="col">then</th><th scope="col">on aarch64</th>
 *     <th scope="col">what that means</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">a message's bytes, stored plainly</th><td>its ring's tail, {@code setRelease}</td>
 *     <td>{@code stlr}</td><td rowspan="2">who sees a tail sees all messages before it, whole. A
 *     topic's landmarks are stored before the tail too, so whoever sees the tail sees where it may
 *     begin</td></tr>
 * <tr><th scope="row">a tail, {@code getAcquire}</th><td>the messages before it, loaded plainly</td>
 *     <td>{@code ldar}</td></tr>
 * <tr><th scope="row">a message's bytes, loaded plainly</th><td>a channel's head, or a subscriber's
 *     position, {@code setRelease}</td><td>{@code stlr}</td><td rowspan="2">room is written over
 *     only when the loads of what was there are done: a store does not become visible before an
 *     acquiring load that is before it in the program</td></tr>
 * <tr><th scope="row">that head, or position, {@code getAcquire}</th><td>the next message there,
 *     stored plainly</td><td>{@code ldar}</td></tr>
 * <tr><th scope="row">up to where messages are handled, {@code setOpaque}</th><td>a channel's head,
 *     or the seat of the receiver, {@code setRelease}</td><td>{@code stlr}</td><td>only the next
 *     receiver loads it, who finds it at the head or behind it. Opaque, since the compiler must not
 *     put many of these stores together: after each message there is one</td></tr>
 * <tr><th scope="row">a topic's head, {@code setOpaque}</th><td>{@code storeStoreFence}, and then
 *     bytes of a later message where an older one was</td><td>{@code dmb ishst}</td><td
 *     rowspan="2">of a publisher that asks nobody: who has copied one byte of the later message sees
 *     the head that has passed the older one, and drops the copy. That is how a seqlock reads, too,
 *     and why an acquiring load of the head would not do: that orders what comes after it</td></tr>
 * <tr><th scope="row">bytes, copied plainly</th><td>{@code loadLoadFence}, and then the head</td>
 *     <td>{@code dmb ishld}</td></tr>
 * <tr><th scope="row">a new subscriber's position, stored</th><td>{@code fullFence}, and then the
 *     tail, loaded</td><td>{@code dmb ish}</td><td rowspan="2">at least one of the two sees what the
 *     other one has stored; release and acquire alone would let both loads go first, on x86
 *     too</td></tr>
 * <tr><th scope="row">the tail, stored</th><td>{@code fullFence}, and then the positions, loaded</td>
 *     <td>{@code dmb ish}</td></tr>
 * <tr><th scope="row">a tail, a head or a position, stored</th><td>the wake word of who may sleep,
 *     loaded</td><td>see {@link org.ipc4j.spi.Parking}</td><td>nobody sleeps through what it waits
 *     for: the fence of both sides is made by who falls asleep</td></tr>
 * <tr><th scope="row">all that an end has done</th><td>its {@code Seat}, given up by {@code
 *     setRelease}, taken by {@code compareAndSet}</td><td>{@code stlr}, {@code casal}</td><td>who takes
 *     the seat of one that left goes on where that one was. One that died has given up nothing: its
 *     word is changed only when the kernel has dropped its lock, and that it does after the last
 *     store of the process; the system calls of who asks are fences</td></tr>
 * </tbody>
 * </table>
 *
 * <p>A thread may be stopped, or its process killed, between any two of these; what is written then
 * is a prefix of the above. A message before the tail is sent, and one behind it was never there.
 *
 * <p>jcstress runs these pairs against one another ({@code tests/stress}), on the processor that it
 * finds. An aarch64 processor has run none of it yet.
 */
package org.ipc4j.jvm.channel;
