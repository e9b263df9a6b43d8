package io.concordat.protobuf;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.RecordException;
import io.concordat.protobuf.Tree.File;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Writes messages of any type that a file defines: its indexes first, then the message as it writes itself. */
final class MessageWriter implements RecordCodec.Writer {
    /** Types that were made at run time may be many. */
    private static final int MAX_TYPES = 10_000;

    private final File file;
    private final ConcurrentHashMap<Descriptor, Head> heads = new ConcurrentHashMap<>();
    private volatile @Nullable Head last;

    /** What stands before messages of a type, and whether they may be incomplete. */
    private static final class Head {
        private final Descriptor type;
        private final byte[] indexes;
        private final boolean mayLack;

        Head(Descriptor type, byte[] indexes) {
            this.type = type;
            this.indexes = indexes;
            this.mayLack = RequiredFields.mayBeIn(type);
        }

        /** Nearly always a single byte. */
        void putInto(byte[] record, int start) {
            if (indexes.length > 1) {
                System.arraycopy(indexes, 0, record, start, indexes.length);
            } else {
                record[start] = indexes[0];
            }
        }
    }

    MessageWriter(File file) {
        this.file = file;
    }

    @Override
    public void write(Object value, RecordBuffer out) {
        byte[] record = write(value, 0);
        out.write(record, 0, record.length);
    }

    @Override
    public byte[] write(Object value, int room) {
        if (!(value instanceof Message message)) {
            throw new RecordException("A " + value.getClass().getName() + " is no Protobuf message");
        }
        Head head = head(message.getDescriptorForType());
        if (head.mayLack) {
            requireComplete(message);
        }
        int size = message.getSerializedSize();
        int start = room + head.indexes.length;
        byte[] record = new byte[Math.addExact(start, size)];
        head.putInto(record, room);
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(record, start, size);
            message.writeTo(out);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new RecordException("The message cannot be written: " + e.getMessage(), e);
        }
        return record;
    }

    private static void requireComplete(Message message) {
        if (!message.isInitialized()) {
            throw new RecordException(
                    "The message lacks required fields: " + String.join(", ", message.findInitializationErrors()));
        }
    }

    private Head head(Descriptor type) {
        Head known = last;
        if (known == null || known.type != type) {
            known = heads.get(type);
            if (known == null) {
                known = new Head(type, indexes(type));
                if (heads.size() < MAX_TYPES) {
                    heads.put(type, known);
                }
            }
            last = known;
        }
        return known;
    }

    private byte[] indexes(Descriptor type) {
        byte[] indexes = MessageIndexes.of(file, type.getFullName());
        if (indexes == null) {
            throw new RecordException("The schema does not define the message '" + type.getFullName()
                    + "', or only as a group or an entry of a map");
        }
        return indexes;
    }
}
