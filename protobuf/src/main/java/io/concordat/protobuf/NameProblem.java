package io.concordat.protobuf;

import java.util.List;

/** A name in a file that means nothing where it stands. Where that is only the text can tell: {@link ProtoParser#placeOf}. */
final class NameProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String scope;
    private final boolean isMapKey;

    private NameProblem(String message, String name, String scope, boolean isMapKey) {
        super(message, null, false, false);
        this.name = name;
        this.scope = scope;
        this.isMapKey = isMapKey;
    }

    /** @param scope the full name of the message or service that it stands in, or the package */
    static NameProblem unknownType(String name, String scope) {
        return new NameProblem("Could not resolve type: " + name, name, scope, false);
    }

    static NameProblem mapKey(String name, String scope) {
        return new NameProblem("map key must be non-byte, non-floating point scalar: " + name, name, scope, true);
    }

    boolean isOf(String otherName, boolean otherIsMapKey) {
        return isMapKey == otherIsMapKey && name.equals(otherName);
    }

    boolean isIn(String packageName) {
        return scope.startsWith(packageName);
    }

    /** How long the package's name must be if the problem is right within these messages, outermost first; else -1. */
    int packageLength(List<String> around) {
        int end = scope.length();
        for (int i = around.size() - 1; i >= 0; i--) {
            String part = around.get(i);
            int start = end - part.length();
            if (start < 0 || !scope.startsWith(part, start) || (start > 0 && scope.charAt(start - 1) != '.')) {
                return -1;
            }
            end = Math.max(0, start - 1);
        }
        return end;
    }
}
