using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace BcnnSim.Bench;

/// <summary>
/// CPU seconds of repeated runs of one piece of work: CPU time, because the machine is shared; and apart those of the runs beside which a
/// <see cref="SteadyLoop"/> found the core its own.
/// </summary>
internal sealed class Measurement
{
    // A neighbour slows the loop by half; without one it varies by a few percent.
    private const double Disturbed = 1.1;

    // Fewer say nothing.
    private const int LeastUndisturbed = 5;

    private readonly double[] seconds;
    private readonly double[] undisturbed;

    private Measurement(Sample[] samples, long fastest)
    {
        seconds = [.. samples.Select(s => s.Seconds).Order()];
        undisturbed = [.. samples.Where(s => s.Loop <= Disturbed * fastest).Select(s => s.Seconds).Order()];
    }

    /// <summary>Runtime and processor count, printed above every table.</summary>
    public static string Conditions =>
        $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors; CPU time of this process";

    /// <summary>Median of the undisturbed runs, of all where they are too few: what is judged and compared.</summary>
    public double Typical => undisturbed.Length < LeastUndisturbed ? Median(seconds) : Median(undisturbed);

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
        _ = SteadyLoop.Run();
        for (int round = 0; round < rounds; round++)
        {
            for (int w = 0; w < works.Length; w++)
            {
                samples[w][round] = Take(works[w]);
            }
        }

        long fastest = samples.Min(of => of.Min(s => s.Loop));
        return [.. samples.Select(of => new Measurement(of, fastest))];
    }

    /// <summary>Amount of work per CPU second: best, median, median of the undisturbed runs.</summary>
    public void PrintRate(string name, double amount, string unit, double bar = 0)
    {
        string Millions(double time) => string.Create(CultureInfo.InvariantCulture, $"{amount / time / 1e6:F1} M");
        string own = undisturbed.Length < LeastUndisturbed ? "too few undisturbed" : $"{Millions(Median(undisturbed))} of {undisturbed.Length} undisturbed";
        string text = string.Create(CultureInfo.InvariantCulture, $"{name,-34} {Millions(seconds[0]),11} {unit} per CPU second best of {seconds.Length}, {Millions(Median(seconds))} median, {own}");
        Console.WriteLine(bar == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}; bar {bar / 1e6:F0} M: {(amount / Typical >= bar ? "reached" : "MISSED")}"));
    }

    private static double Median(double[] sorted) => sorted[sorted.Length / 2];

    private static Sample Take(Action work)
    {
        long before = SteadyLoop.Run();
        double seconds = CpuSeconds(work);
        return new(seconds, Math.Max(before, SteadyLoop.Run()));
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
