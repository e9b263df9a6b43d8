package io.concordat.json;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * The largest number of pairs that can be made of two lists so that the partners of each fit and nobody has two. What fits is
 * asked once.
 */
final class Matching {
    private static final int NOBODY = -1;

    private final boolean[][] fits;
    private final int[] partnerOfSecond;

    <T> Matching(List<T> first, List<T> second, BiPredicate<T, T> fit) {
        fits = new boolean[first.size()][second.size()];
        partnerOfSecond = new int[second.size()];
        Arrays.fill(partnerOfSecond, NOBODY);
        for (int i = 0; i < first.size(); i++) {
            for (int j = 0; j < second.size(); j++) {
                fits[i][j] = fit.test(first.get(i), second.get(j));
            }
        }
    }

    int size() {
        int pairs = 0;
        for (int i = 0; i < fits.length; i++) {
            if (findPartner(i, new boolean[partnerOfSecond.length])) {
                pairs++;
            }
        }
        return pairs;
    }

    private boolean findPartner(int one, boolean[] asked) {
        for (int other = 0; other < asked.length; other++) {
            if (fits[one][other] && !asked[other]) {
                asked[other] = true;
                if (partnerOfSecond[other] == NOBODY || findPartner(partnerOfSecond[other], asked)) {
                    partnerOfSecond[other] = one;
                    return true;
                }
            }
        }
        return false;
    }
}
