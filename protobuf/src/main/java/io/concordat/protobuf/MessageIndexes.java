package io.concordat.protobuf;

import io.concordat.api.format.RecordException;
import io.concordat.protobuf.Tree.File;
import io.concordat.protobuf.Tree.Message;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which message of its file a record is of: the positions of the message, and of those around it, among the messages of their scope.
 * On the wire their number comes first, all as zigzag varints; the first message of the file is a single zero.
 */
final class MessageIndexes {
    private static final int FIRST_MESSAGE = 0;

    private MessageIndexes() {}

    /** The bytes that stand before records of a message, or null if the file does not define it by name. */
    static byte @Nullable [] of(File file, String fullName) {
        String prefix = file.packageName().isEmpty() ? "" : file.packageName() + ".";
        if (!fullName.startsWith(prefix)) {
            return null;
        }
        List<Integer> path = new ArrayList<>();
        List<Message> scope = file.messages();
        for (String name : fullName.substring(prefix.length()).split("\\.", -1)) {
            int index = indexOf(name, scope);
            if (index < 0) {
                return null;
            }
            path.add(index);
            scope = scope.get(index).messages();
        }
        return encode(path);
    }

    private static int indexOf(String name, List<Message> scope) {
        for (int i = 0; i < scope.size(); i++) {
            if (scope.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    static byte[] encode(List<Integer> path) {
        if (path.equals(List.of(0))) {
            return new byte[] {FIRST_MESSAGE};
        }
        ByteBuffer bytes = ByteBuffer.allocate(5 * (path.size() + 1));
        writeVarint(path.size(), bytes);
        path.forEach(index -> writeVarint(index, bytes));
        byte[] exact = new byte[bytes.position()];
        bytes.flip().get(exact);
        return exact;
    }

    private static void writeVarint(int value, ByteBuffer out) {
        int rest = (value << 1) ^ (value >> 31);
        while ((rest & ~0x7F) != 0) {
            out.put((byte) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    /**
     * Takes the number of indexes off the front of a record; 0 stands for the first message of the file.
     *
     * @throws RecordException if there is none, or more are announced than can follow
     */
    static int readCount(ByteBuffer bytes) {
        int count = readVarint(bytes);
        if (count < 0 || count > bytes.remaining()) {
            throw new RecordException("The record announces " + count + " message indexes, but only "
                    + bytes.remaining() + " bytes follow");
        }
        return count;
    }

    /**
     * Takes one index off the front.
     *
     * @throws RecordException if the bytes end before, or are no such number
     */
    static int readVarint(ByteBuffer bytes) {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (!bytes.hasRemaining()) {
                throw new RecordException("The record ends within its message indexes");
            }
            byte next = bytes.get();
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new RecordException("A message index has more than 32 bits");
    }

    /** How many bytes at the front of a record are its indexes. */
    static int length(ByteBuffer record) {
        ByteBuffer rest = record.duplicate();
        for (int more = readCount(rest); more > 0; more--) {
            readVarint(rest);
        }
        return rest.position() - record.position();
    }
}
