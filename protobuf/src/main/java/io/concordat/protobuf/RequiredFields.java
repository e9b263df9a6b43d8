package io.concordat.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Whether messages of a type have to be looked at for required fields: where none can be, that costs time for nothing. */
final class RequiredFields {
    private RequiredFields() {}

    /** Whether a message of a type, one within it, or one in an extension of either may have a required field. */
    static boolean mayBeIn(Descriptor type) {
        Set<Descriptor> seen = new HashSet<>();
        Deque<Descriptor> open = new ArrayDeque<>();
        seen.add(type);
        open.push(type);
        while (!open.isEmpty()) {
            Descriptor next = open.pop();
            if (next.isExtendable()) {
                return true;
            }
            for (FieldDescriptor field : next.getFields()) {
                if (field.isRequired()) {
                    return true;
                }
                if (field.getJavaType() == JavaType.MESSAGE && seen.add(field.getMessageType())) {
                    open.push(field.getMessageType());
                }
            }
        }
        return false;
    }
}
