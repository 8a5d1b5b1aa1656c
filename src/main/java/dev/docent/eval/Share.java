package dev.docent.eval;

/**
 * A share, such as 3 of 5.
 *
 * @param count the part
 * @param of the whole
 */
public record Share(int count, int of) {
    /** Quantile of the normal distribution for a 95 % interval. */
    private static final double Z = 1.96;

    /** The share, 0 to 1; 0 of nothing is 0. */
    public double value() {
        return of == 0 ? 0 : (double) count / of;
    }

    /** Lower end of the 95 % confidence interval after Wilson (1927). */
    public double low() {
        return of == 0 ? 0 : Math.max(0, centre() - spread());
    }

    /** Upper end of the 95 % confidence interval after Wilson (1927). */
    public double high() {
        return of == 0 ? 1 : Math.min(1, centre() + spread());
    }

    private double centre() {
        return (value() + Z * Z / (2 * of)) / (1 + Z * Z / of);
    }

    private double spread() {
        double p = value();
        return Z * Math.sqrt(p * (1 - p) / of + Z * Z / (4.0 * of * of)) / (1 + Z * Z / of);
    }
}
