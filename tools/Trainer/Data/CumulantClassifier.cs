using MathNet.Numerics.LinearAlgebra;

namespace BcnnSim.Trainer.Data;

/// <summary>
/// Yardstick without a network: per SNR and class a Gaussian over the cumulant features, fitted on the training part;
/// a burst goes to the class of the highest likelihood at its own SNR (which is told to it: a favour the networks do not
/// get). Ties go to the lowest label.
/// </summary>
public sealed class CumulantClassifier
{
    /// <summary>Added to the diagonal of every covariance: AM-DSB and FM have almost constant features at high SNR.</summary>
    private const double Ridge = 1e-6;

    private readonly Dictionary<double, Cell[]> cells;

    private CumulantClassifier(Dictionary<double, Cell[]> cells) => this.cells = cells;

    /// <summary>Fits on the first <paramref name="bursts"/> training bursts.</summary>
    public static CumulantClassifier Fit(RadioBurstGenerator generator, int bursts, int threads)
    {
        BurstSetDesign design = generator.Design;
        double[][] features = Features(generator, DataSplit.Train, bursts, threads);
        var cells = new Dictionary<double, Cell[]>();
        foreach (double snr in design.SnrsDb)
        {
            cells[snr] = [.. Enumerable.Range(0, design.Modulations.Count).Select(label => FitCell(
                [.. Enumerable.Range(0, bursts).Where(k => design.Cell(k) == (label, snr)).Select(k => features[k])]))];
        }

        return new CumulantClassifier(cells);
    }

    /// <summary>Most likely label of a burst of known SNR.</summary>
    public int Classify(double snrDb, double[] features)
    {
        Cell[] candidates = cells[snrDb];
        int best = 0;
        for (int label = 1; label < candidates.Length; label++)
        {
            if (candidates[label].LogLikelihood(features) > candidates[best].LogLikelihood(features))
            {
                best = label;
            }
        }

        return best;
    }

    /// <summary>Share of correct answers by SNR over the first <paramref name="bursts"/> bursts of a part.</summary>
    public IReadOnlyDictionary<double, double> AccuracyBySnr(
        RadioBurstGenerator generator, DataSplit split, int bursts, int threads)
    {
        BurstSetDesign design = generator.Design;
        double[][] features = Features(generator, split, bursts, threads);
        return design.SnrsDb.ToDictionary(snr => snr, snr =>
        {
            int[] own = [.. Enumerable.Range(0, bursts).Where(k => design.Cell(k).SnrDb == snr)];
            return own.Count(k => Classify(snr, features[k]) == design.Cell(k).Label) / (double)own.Length;
        });
    }

    private static double[][] Features(RadioBurstGenerator generator, DataSplit split, int bursts, int threads)
    {
        var features = new double[bursts][];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) };
        Parallel.For(0, bursts, options, index =>
        {
            RadioBurst burst = generator.Generate(split, index);
            features[index] = CumulantFeatures.Of(burst.Re, burst.Im);
        });
        return features;
    }

    private static Cell FitCell(double[][] rows)
    {
        if (rows.Length <= CumulantFeatures.Count)
        {
            throw new InputException(
                "cumulant classifier",
                "bursts",
                FormattableString.Invariant($"{rows.Length} per class and SNR"),
                FormattableString.Invariant($"must be more than {CumulantFeatures.Count}"),
                "fit on more bursts");
        }

        Matrix<double> data = Matrix<double>.Build.DenseOfRowArrays(rows);
        Vector<double> mean = data.ColumnSums() / rows.Length;
        Matrix<double> centred = Matrix<double>.Build.Dense(rows.Length, mean.Count, (r, c) => data[r, c] - mean[c]);
        Matrix<double> covariance = (centred.TransposeThisAndMultiply(centred) / (rows.Length - 1))
            + (Ridge * Matrix<double>.Build.DenseIdentity(mean.Count));
        return new Cell(mean, covariance.Inverse(), Math.Log(covariance.Determinant()));
    }

    private sealed record Cell(Vector<double> Mean, Matrix<double> Precision, double LogDeterminant)
    {
        public double LogLikelihood(double[] features)
        {
            Vector<double> difference = Vector<double>.Build.DenseOfArray(features) - Mean;
            return -0.5 * (difference.DotProduct(Precision * difference) + LogDeterminant);
        }
    }
}
