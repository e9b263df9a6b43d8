package io.concordat.api.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RecordBufferTest {
    @Test
    void write_moreThanThereIsRoomFor_grows() {
        RecordBuffer buffer = new RecordBuffer(1);

        buffer.write(1);
        buffer.write(new byte[] {0, 2, 3, 0}, 1, 2);
        buffer.writeInt(0x04050607);

        assertThat(buffer.toByteArray()).containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void ensure_growsAndKeepsWhatStandsBeforeThePosition() {
        RecordBuffer buffer = new RecordBuffer(2);
        buffer.write('a');

        byte[] array = buffer.ensure(1, 1);
        array[1] = 'b';
        array = buffer.ensure(2, 1_000);
        array[2] = 'c';
        assertThat(buffer.size()).as("until it is told").isEqualTo(1);
        buffer.moveTo(3);

        assertThat(array).hasSizeGreaterThanOrEqualTo(1_002);
        assertThat(buffer.toByteArray()).containsExactly('a', 'b', 'c');
    }

    @Test
    void ensure_moreThanAnArrayCanBe_isARecordException() {
        RecordBuffer buffer = new RecordBuffer(16);

        assertThatThrownBy(() -> buffer.ensure(10, Integer.MAX_VALUE)).isInstanceOf(RecordException.class);
        assertThatThrownBy(() -> buffer.ensure(0, Integer.MAX_VALUE)).isInstanceOf(RecordException.class);
    }

    @Test
    void moveTo_outsideTheArray_isRefused() {
        RecordBuffer buffer = new RecordBuffer(4);

        assertThatThrownBy(() -> buffer.moveTo(5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> buffer.moveTo(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void reset_afterAHugeRecord_keepsNoHugeArray() {
        RecordBuffer buffer = new RecordBuffer(4);
        buffer.ensure(0, 10 << 20);

        buffer.reset();

        assertThat(buffer.size()).isZero();
        assertThat(buffer.ensure(0, 1)).hasSizeLessThanOrEqualTo(1 << 20);
    }
}
