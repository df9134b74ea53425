using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace BcnnSim.Bench;

/// <summary>
/// CPU seconds of repeated runs of one piece of work: CPU time, because the machine is shared; and apart those of the runs around which a
/// <see cref="SteadyLoop"/> found the core its own.
/// </summary>
internal sealed class Measurement
{
    // A neighbour slows the loop by half; without one it varies by a few percent.
    private const double Disturbed = 1.1;

    // Fewer say nothing.
    private const int LeastUndisturbed = 5;

    private static readonly SteadyLoop Core = new();

    // By round.
    private readonly double[] seconds;
    private readonly double[] undisturbed;

    private Measurement(Sample[] samples)
    {
        seconds = [.. samples.Select(s => s.Seconds)];
        undisturbed = [.. samples.Where(s => s.Loop <= Disturbed * Core.Fastest).Select(s => s.Seconds)];
    }

    /// <summary>Runtime and processor count, printed above every table.</summary>
    public static string Conditions =>
        $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors; CPU time of this process";

    /// <summary>What the fixed loop found, printed below every table.</summary>
    public static string Disturbance => $"{Core}";

    /// <summary>Runs once to warm up, then <paramref name="repetitions"/> times.</summary>
    public static Measurement Of(Action work, int repetitions = 7) => Interleaved(repetitions, work)[0];

    /// <summary>
    /// Several pieces of work in turn, round after round: a neighbour that slows a shared machine for a while then meets all of them alike, and
    /// few rounds of each. Every piece runs once before, to warm up.
    /// </summary>
    public static Measurement[] Interleaved(int rounds, params Action[] works)
    {
        Sample[][] samples = [.. works.Select(_ => new Sample[rounds])];
        Array.ForEach(works, work => work());
        for (int round = 0; round < rounds; round++)
        {
            for (int w = 0; w < works.Length; w++)
            {
                samples[w][round] = Take(works[w]);
            }
        }

        return [.. samples.Select(of => new Measurement(of))];
    }

    /// <summary>CPU time against that of work measured in the same rounds: median of the rounds' own ratios.</summary>
    public double Against(Measurement other) => Median(seconds.Zip(other.seconds, (mine, its) => mine / its));

    /// <summary>
    /// Amount of work per CPU second: best, median of all runs, which decides against the bar though a neighbour can only slow it, and, to tell
    /// how far one did, median of the undisturbed runs.
    /// </summary>
    public void PrintRate(string name, double amount, string unit, double bar = 0)
    {
        string own = undisturbed.Length >= LeastUndisturbed ? $"{Millions(Median(undisturbed))} of {undisturbed.Length} undisturbed" : "too few undisturbed";
        string verdict = amount / Median(seconds) >= bar ? "reached" : "MISSED";
        string judged = bar == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"; bar {bar / 1e6:F0} M: {verdict}");
        Console.WriteLine($"{name,-34} {Millions(seconds.Min()),11} {unit} per CPU second best of {seconds.Length}, {Millions(Median(seconds))} median, {own}{judged}");

        string Millions(double time) => string.Create(CultureInfo.InvariantCulture, $"{amount / time / 1e6:F1} M");
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static Sample Take(Action work)
    {
        // What the one before left behind is not this one's.
        GC.Collect();
        long before = Core.Run();
        double seconds = CpuSeconds(work);
        return new(seconds, Math.Max(before, Core.Run()));
    }

    private static double CpuSeconds(Action work)
    {
        using Process process = Process.GetCurrentProcess();
        process.Refresh();
        TimeSpan before = process.TotalProcessorTime;
        work();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalSeconds;
    }

    private readonly record struct Sample(double Seconds, long Loop);
}
