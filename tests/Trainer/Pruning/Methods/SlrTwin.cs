namespace BcnnSim.Trainer.Tests.Pruning.Methods;

/// <summary>
/// SLR once more, for one layer of single weights, in double precision and plain loops, written from training.md section 4 and
/// sharing nothing with the method; with one fault planted where asked.
/// </summary>
internal sealed class SlrTwin
{
    private const double Rho = 0.1, M = 300, R = 0.1;
    private readonly int kept;
    private readonly SlrFault fault;
    private double[] previousW, previousZ;
    private double previousLoss;

    public SlrTwin(double[] w, int kept, SlrFault fault)
    {
        (this.kept, this.fault) = (kept, fault);
        Z = Project(w);
        Lam = new double[w.Length];
        (previousW, previousZ) = ((double[])w.Clone(), (double[])Z.Clone());
    }

    public double[] Z { get; private set; }

    public double[] Lam { get; }

    public double Step { get; private set; } = 0.01;

    public int K { get; private set; } = 1;

    public double ProductOfA { get; private set; } = 1;

    public (bool First, bool Second) Epoch(double[] w, double loss)
    {
        double[] before = fault == SlrFault.LiveWeights ? w : previousW;
        double lossBefore = fault == SlrFault.LiveWeights ? loss : previousLoss;
        bool first = K == 1 || Lagrangian(w, previousZ, loss) < Lagrangian(before, previousZ, lossBefore);
        if (first)
        {
            Accept(Norm(before, previousZ), w, previousZ);
        }

        double[] old = previousZ;
        double[] point = [.. w.Zip(Lam, (x, l) => x + (l / Rho))];
        Z = fault == SlrFault.NoProjection ? point : Project(point);
        bool second = K == 1 || Lagrangian(w, Z, loss) < Lagrangian(w, old, loss);
        if (second)
        {
            Accept(Norm(w, old), w, Z);
        }

        if (first || second)
        {
            (previousW, previousZ, previousLoss) = ((double[])w.Clone(), (double[])Z.Clone(), loss);
        }

        return (first, second);
    }

    private static double Norm(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    private double Lagrangian(double[] w, double[] z, double loss)
    {
        double sum = loss;
        for (int i = 0; i < w.Length; i++)
        {
            sum += (Lam[i] * (w[i] - z[i])) + (Rho / 2 * (w[i] - z[i]) * (w[i] - z[i]));
        }

        return sum;
    }

    private void Accept(double before, double[] w, double[] z)
    {
        double a = 1 - (1 / (M * Math.Pow(K, 1 - Math.Pow(K, -R))));
        if (before > 0 && Norm(w, z) > 0)
        {
            Step *= a * before / Norm(w, z);
            ProductOfA *= a;
        }

        for (int i = 0; i < w.Length; i++)
        {
            Lam[i] += (fault == SlrFault.FlippedDual ? -1 : 1) * Step * (w[i] - z[i]);
        }

        K++;
    }

    private double[] Project(double[] v)
    {
        var order = v.Index().OrderByDescending(pair => Math.Abs(pair.Item));
        var stay = (fault == SlrFault.DroppedTies ? order.ThenByDescending(pair => pair.Index) : order.ThenBy(pair => pair.Index)).Take(kept).Select(pair => pair.Index).ToHashSet();
        return [.. v.Select((x, i) => stay.Contains(i) ? x : 0)];
    }
}
