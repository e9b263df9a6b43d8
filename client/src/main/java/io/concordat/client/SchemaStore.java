package io.concordat.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.api.RegisteredSchema;
import io.concordat.api.Subject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Answers of a registry on disk, and in a bundle of the application. They belong to one registry, by its identity, which is
 * remembered for each of its urls since it cannot be asked for when it is needed most.
 *
 * <p>What cannot be read counts as not there, and what cannot be written as not written, with one warning each.
 */
final class SchemaStore {
    private static final System.Logger LOG = System.getLogger(SchemaStore.class.getName());

    /** The identity of whose answers a bundle holds, or of the registry that was asked last. */
    private static final String LAST_IDENTITY = "identity";

    private final Optional<StoreDirectory> directory;
    private final Optional<StoreFiles> bundle;
    private final List<URI> urls;
    private final AtomicBoolean warnedOfReading = new AtomicBoolean();
    private final AtomicBoolean warnedOfWriting = new AtomicBoolean();
    private volatile @Nullable String identity;

    SchemaStore(Optional<StoreDirectory> directory, Optional<StoreFiles> bundle, List<URI> urls) {
        this.directory = directory;
        this.bundle = bundle;
        this.urls = List.copyOf(urls);
        this.identity = remembered().orElse(null);
        String known = identity;
        if (known != null) {
            directory.ifPresent(files -> files.sweep(folder(known)));
        }
    }

    static SchemaStore of(StoreConfig config, List<URI> urls) {
        return new SchemaStore(
                config.directory().map(StoreDirectory::new),
                config.bundle().map(folder -> new StoreBundle(folder, applicationLoader())),
                urls);
    }

    private static ClassLoader applicationLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context != null ? context : SchemaStore.class.getClassLoader();
    }

    /** What was answered to a question earlier. */
    Optional<RegisteredSchema> find(Question question) {
        return find(question, StoredAnswer::decode);
    }

    /** Which subjects were answered earlier. */
    Optional<List<Subject>> findSubjects(Question question) {
        return find(question, StoredAnswer::decodeSubjects);
    }

    private <T> Optional<T> find(Question question, BiFunction<Question, byte[], Optional<T>> decoding) {
        String known = identity;
        if (known == null) {
            return Optional.empty();
        }
        String path = folder(known) + "/" + question.fileName();
        for (StoreFiles files : files()) {
            Optional<byte[]> file = read(files, path);
            Optional<T> answer = file.flatMap(bytes -> decoding.apply(question, bytes));
            if (answer.isPresent()) {
                return answer;
            }
            if (file.isPresent()) {
                warnOnce(warnedOfReading, "The file " + path + " in " + files + " is damaged, so it is not used", null);
            }
        }
        return Optional.empty();
    }

    /** Keeps an answer of the registry that was {@linkplain #identify identified}. */
    void save(Question question, RegisteredSchema answer) {
        save(question, StoredAnswer.encode(question, answer));
    }

    /** Keeps subjects, likewise. */
    void save(Question question, List<Subject> answer) {
        save(question, StoredAnswer.encode(question, answer));
    }

    private void save(Question question, byte[] answer) {
        String known = identity;
        if (known != null) {
            write(folder(known) + "/" + question.fileName(), answer);
        }
    }

    /** The registry no longer says so. */
    void drop(Question question) {
        String known = identity;
        if (known == null || directory.isEmpty()) {
            return;
        }
        try {
            directory.get().delete(folder(known) + "/" + question.fileName());
        } catch (IOException e) {
            warnOnce(warnedOfWriting, "Cannot delete from the schema store " + directory.get(), e);
        }
    }

    /**
     * Learns which registry answers.
     *
     * @return whether it is another one than before
     */
    boolean identify(String newIdentity) {
        String before = identity;
        identity = newIdentity;
        byte[] sealed = StoredAnswer.sealed(newIdentity.getBytes(UTF_8));
        urls.forEach(url -> write(pathOf(url), sealed));
        write(LAST_IDENTITY, sealed);
        return before != null && !before.equals(newIdentity);
    }

    private Optional<String> remembered() {
        for (URI url : urls) {
            Optional<String> known = directory.flatMap(files -> text(files, pathOf(url)));
            if (known.isPresent()) {
                return known;
            }
        }
        // A bundle is of one registry, wherever that was when it was made.
        return bundle.flatMap(files -> text(files, LAST_IDENTITY));
    }

    private Optional<String> text(StoreFiles files, String path) {
        return read(files, path).flatMap(StoredAnswer::unsealed).map(bytes -> new String(bytes, UTF_8));
    }

    private List<StoreFiles> files() {
        List<StoreFiles> files = new ArrayList<>();
        directory.ifPresent(files::add);
        bundle.ifPresent(files::add);
        return files;
    }

    private static String folder(String identity) {
        return "registry-" + Sha256.hex(identity).substring(0, 40);
    }

    private static String pathOf(URI url) {
        return "urls/" + Sha256.hex(url.toString()).substring(0, 40);
    }

    private Optional<byte[]> read(StoreFiles files, String path) {
        try {
            return files.read(path);
        } catch (IOException e) {
            warnOnce(warnedOfReading, "Cannot read " + path + " in " + files, e);
            return Optional.empty();
        }
    }

    private void write(String path, byte[] contents) {
        if (directory.isEmpty()) {
            return;
        }
        try {
            directory.get().write(path, contents);
        } catch (IOException e) {
            warnOnce(warnedOfWriting, "Cannot write to the schema store " + directory.get(), e);
        }
    }

    private static void warnOnce(AtomicBoolean given, String warning, @Nullable IOException cause) {
        if (given.compareAndSet(false, true)) {
            LOG.log(System.Logger.Level.WARNING, () -> warning + (cause == null ? "" : ": " + cause));
        }
    }

    @Override
    public String toString() {
        return String.join(" and ", files().stream().map(StoreFiles::toString).toList());
    }
}
