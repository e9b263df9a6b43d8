package io.concordat.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** The hash that names a content: MD5 over its parts, in the order that existing registries use. */
final class ContentHash {
    private static final byte PRESENT = 1;

    private final MessageDigest md5;

    private ContentHash() {
        try {
            md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }

    static UUID guid(SchemaContent content) {
        ByteBuffer digest = ByteBuffer.wrap(new ContentHash().digest(content));
        return new UUID(digest.getLong(), digest.getLong());
    }

    private byte[] digest(SchemaContent content) {
        add(content.text());
        for (SchemaReference reference : content.references()) {
            add(reference.name());
            add(reference.subject());
            md5.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, reference.version()));
        }
        content.metadata().ifPresent(this::add);
        content.ruleSet().ifPresent(this::add);
        return md5.digest();
    }

    private void add(Metadata metadata) {
        md5.update(PRESENT);
        metadata.tags().forEach((path, tags) -> {
            add(path);
            tags.forEach(this::add);
        });
        metadata.properties().forEach((name, value) -> {
            add(name);
            add(value);
        });
        metadata.sensitive().forEach(this::add);
    }

    private void add(RuleSet ruleSet) {
        md5.update(PRESENT);
        ruleSet.rules().forEach(this::add);
        add(ruleSet.enableAt());
    }

    private void add(Rule rule) {
        add(rule.name());
        add(rule.doc());
        add(rule.kind().name());
        add(rule.mode().name());
        add(rule.type());
        rule.tags().forEach(this::add);
        rule.params().forEach((name, value) -> {
            add(name);
            add(value);
        });
        add(rule.expr());
        add(rule.onSuccess());
        add(rule.onFailure());
        if (rule.disabled()) {
            md5.update(PRESENT);
        }
    }

    private void add(String text) {
        md5.update(text.getBytes(UTF_8));
    }
}
