package io.concordat.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.it.cluster.Ask.Told;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Clients that register, delete and read through any node, note everything they are told, and check it.
 *
 * <p>Each asks another node if one cannot be reached, and asks again where the answer says that it may.
 */
final class Clients implements AutoCloseable {
    private static final int SUBJECTS = 6;

    private final List<URI> nodes;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger names = new AtomicInteger();
    private final Queue<Registered> registered = new ConcurrentLinkedQueue<>();
    private final Queue<Registered> deleted = new ConcurrentLinkedQueue<>();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();
    private final Queue<Told> refused = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong lastWriteBegun = new AtomicLong(System.nanoTime());
    private volatile boolean ended;

    /** A registration that has been acknowledged. */
    record Registered(String subject, String text, int id, int version, String offset) {}

    Clients(List<URI> nodes, int count, Random random) {
        this.nodes = nodes;
        for (int i = 0; i < count; i++) {
            Random choices = new Random(random.nextLong());
            String own = "own-" + i;
            Thread thread = new Thread(() -> work(choices, own), "client-" + i);
            thread.start();
            threads.add(thread);
        }
    }

    private void work(Random choices, String ownSubject) {
        try {
            while (!ended) {
                if (choices.nextInt(5) == 0) {
                    registerAndDelete(choices, ownSubject);
                } else {
                    register(choices, "shared-" + choices.nextInt(SUBJECTS));
                }
            }
        } catch (RuntimeException | AssertionError e) {
            broken.add(Thread.currentThread().getName() + ": " + e);
        }
    }

    private void register(Random choices, String subject) {
        String text = schema();
        URI node = nodes.get(choices.nextInt(nodes.size()));
        Registered done = register(node, choices, subject, text);
        if (done == null) {
            return;
        }
        // Any node shows it to whoever says what he has seen.
        URI other = nodes.get(choices.nextInt(nodes.size()));
        Told read = attempt(() -> Ask.get(
                other,
                "/subjects/" + subject + "/versions/" + done.version(),
                "X-Concordat-Min-Offset",
                done.offset()));
        if (read != null && read.status() < 500) {
            check(
                    read.status() == 200 && read.number("id") == done.id(),
                    done + " by " + node + " is read through " + other + " as " + read);
        }
    }

    /** @return null if it was not acknowledged before the clients were ended */
    private @org.jspecify.annotations.Nullable Registered register(
            URI first, Random choices, String subject, String text) {
        URI node = first;
        while (!ended) {
            URI asked = node;
            long begun = System.nanoTime();
            Told told = attempt(() -> Ask.register(asked, subject, text));
            if (told != null && told.status() == 200) {
                Registered done = new Registered(
                        subject,
                        text,
                        told.number("id"),
                        told.number("version"),
                        told.offset().orElseThrow());
                registered.add(done);
                lastWriteBegun.accumulateAndGet(begun, Math::max);
                Told read = attempt(() -> Ask.get(asked, "/schemas/ids/" + done.id() + "/schema"));
                if (read != null) {
                    check(read.body().equals(text), done + " by " + asked + " is read there as " + read);
                }
                Told found = attempt(() -> Ask.lookUp(asked, subject, text));
                if (found != null) {
                    check(
                            found.status() == 200 && found.number("version") == done.version(),
                            done + " is looked up through the same node as " + found);
                }
                return done;
            }
            if (told != null) {
                check(told.status() >= 500, "an answer that nobody expects: " + told);
                refused.add(told);
            }
            node = nodes.get(choices.nextInt(nodes.size()));
        }
        return null;
    }

    /** Only one client uses the subject, so it knows what must be there. */
    private void registerAndDelete(Random choices, String subject) {
        Registered done = register(nodes.get(choices.nextInt(nodes.size())), choices, subject, schema());
        if (done == null) {
            return;
        }
        while (!ended) {
            URI node = nodes.get(choices.nextInt(nodes.size()));
            Told told = attempt(() -> Ask.delete(node, "/subjects/" + subject + "/versions/" + done.version()));
            if (told == null || told.status() >= 500) {
                if (told != null) {
                    refused.add(told);
                }
                continue;
            }
            // One that is not acknowledged may have been done all the same.
            check(
                    told.status() == 200 || told.number("error_code") == 40406 || told.number("error_code") == 40401,
                    "deleting " + done + " is answered with " + told);
            deleted.add(done);
            Told read = attempt(() -> Ask.get(node, "/subjects/" + subject + "/versions/" + done.version()));
            if (read != null) {
                check(
                        read.status() == 404,
                        "after its deletion by " + node + ", answered with " + told + ", " + done + " is read there as "
                                + read);
            }
            return;
        }
    }

    private interface Question {
        Told ask();
    }

    /** @return null if the node could not be reached, or has gone away before it answered */
    private @org.jspecify.annotations.Nullable Told attempt(Question question) {
        try {
            requests.incrementAndGet();
            return question.ask();
        } catch (UncheckedIOException e) {
            return null;
        }
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            broken.add(Instant.now() + ": " + otherwise);
        }
    }

    private String schema() {
        return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"f" + names.incrementAndGet()
                + "\",\"type\":[\"null\",\"int\"],\"default\":null}]}";
    }

    int acknowledged() {
        return registered.size() + deleted.size();
    }

    int requests() {
        return requests.get();
    }

    /** When the last acknowledged write was asked for, by the system's nanoseconds. */
    long lastWriteBegun() {
        return lastWriteBegun.get();
    }

    /** Answers of the server that say that it could not do it. */
    List<Told> refused() {
        return List.copyOf(refused);
    }

    /** How often which of them was given. */
    Map<String, Long> refusals() {
        return refused.stream()
                .map(told -> told.body().replaceAll("\\d+(?= ms|\\.\\d|$)|offset \\d+", "N"))
                .collect(Collectors.groupingBy(body -> body, TreeMap::new, Collectors.counting()));
    }

    /** Ends them, and checks what they were told against what every node says now. */
    void endAndCheck() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(broken).isEmpty();
        noIdHasTwoContents();
        noVersionIsThereTwice();
        Told last = Ask.register(nodes.get(0), "the-end", "\"string\"");
        String offset = last.offset().orElseThrow(() -> new AssertionError(last.toString()));
        Contents first = Contents.of(nodes.get(0), offset);
        first.checkIds(nodes.get(0).toString());
        nothingAcknowledgedIsLost(first);
        for (URI node : nodes) {
            assertThat(Contents.of(node, offset).entries()).as("all of " + node).isEqualTo(first.entries());
            whatWasDeletedIsGone(node);
        }
    }

    private void noIdHasTwoContents() {
        Map<Integer, String> contents = new HashMap<>();
        for (Registered one : registered) {
            assertThat(contents.computeIfAbsent(one.id(), id -> one.text()))
                    .as("id " + one.id())
                    .isEqualTo(one.text());
        }
    }

    private void noVersionIsThereTwice() {
        Map<String, String> contents = new HashMap<>();
        for (Registered one : registered) {
            String version = Contents.name(one.subject(), one.version());
            assertThat(contents.computeIfAbsent(version, unused -> one.text()))
                    .as(version)
                    .isEqualTo(one.text());
        }
    }

    private void nothingAcknowledgedIsLost(Contents contents) {
        Set<Registered> gone = Set.copyOf(deleted);
        for (Registered one : registered) {
            if (gone.contains(one)) {
                // A deleted version gives way when its text is registered anew, as by a client that had gone away.
                assertThat(contents.of(one.subject()))
                        .as(one.toString())
                        .contains(new Contents.Entry(one.id(), one.text()));
                continue;
            }
            assertThat(contents.versions().get(Contents.name(one.subject(), one.version())))
                    .as(one.toString())
                    .isEqualTo(new Contents.Entry(one.id(), one.text()));
        }
    }

    private void whatWasDeletedIsGone(URI node) {
        for (Registered one : deleted) {
            assertThat(Ask.get(node, "/subjects/" + one.subject() + "/versions/" + one.version())
                            .status())
                    .as("the deleted " + one + " on " + node)
                    .isEqualTo(404);
        }
    }

    @Override
    public void close() {
        ended = true;
    }
}
