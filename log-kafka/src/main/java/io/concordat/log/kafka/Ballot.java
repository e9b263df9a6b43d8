package io.concordat.log.kafka;

import io.concordat.log.kafka.Identity.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** How a leader is chosen: as existing registries do it, and sticking to the one there is. */
final class Ballot {
    private Ballot() {}

    /** @param members what the nodes say of themselves, by the group's names for them */
    static Verdict count(Map<String, Identity> members) {
        Set<String> places = new HashSet<>();
        for (Identity identity : members.values()) {
            if (!places.add(identity.member().toString())) {
                return Verdict.without(Verdict.DUPLICATE_URLS);
            }
        }
        TreeMap<String, String> eligible = new TreeMap<>();
        members.forEach((id, identity) -> {
            if (identity.eligible()) {
                eligible.put(identity.member().toString(), id);
            }
        });
        if (eligible.isEmpty()) {
            return Verdict.without(0);
        }
        List<String> leading =
                eligible.values().stream().filter(id -> isLeading(members, id)).toList();
        String chosen =
                leading.size() == 1 ? leading.get(0) : eligible.firstEntry().getValue();
        return new Verdict(0, Optional.of(chosen), Optional.ofNullable(members.get(chosen)));
    }

    private static boolean isLeading(Map<String, Identity> members, String id) {
        Identity identity = members.get(id);
        return identity != null && identity.leads();
    }
}
