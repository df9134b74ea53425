using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace BcnnSim.Bench;

/// <summary>CPU seconds of repeated runs of one piece of work: CPU time, because the machine is shared.</summary>
internal sealed class Measurement
{
    private readonly double[] seconds;

    private Measurement(double[] seconds) => this.seconds = seconds;

    /// <summary>Runtime and processor count, printed above every table.</summary>
    public static string Conditions =>
        $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors; CPU time of this process";

    public double Best => seconds[0];

    public double Median => seconds[seconds.Length / 2];

    /// <summary>Runs once to warm up, then <paramref name="repetitions"/> times.</summary>
    public static Measurement Of(Action work, int repetitions = 7) => Interleaved(repetitions, work)[0];

    /// <summary>
    /// Several pieces of work in turn, round after round: a neighbour that slows a shared machine for a while then meets all of them alike, and
    /// few rounds of each. Every piece runs once before, to warm up.
    /// </summary>
    public static Measurement[] Interleaved(int rounds, params Action[] works)
    {
        double[][] seconds = [.. works.Select(_ => new double[rounds])];
        Array.ForEach(works, work => work());
        for (int round = 0; round < rounds; round++)
        {
            for (int w = 0; w < works.Length; w++)
            {
                seconds[w][round] = CpuSeconds(works[w]);
            }
        }

        Array.ForEach(seconds, Array.Sort);
        return [.. seconds.Select(s => new Measurement(s))];
    }

    /// <summary>"name   best M unit/s (median)": amount of work per CPU second.</summary>
    public void PrintRate(string name, double amount, string unit, double bar = 0)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{name,-34} {amount / Best / 1e6,9:F1} M {unit} per CPU second best, {amount / Median / 1e6:F1} M median");
        Console.WriteLine(bar == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}; bar {bar / 1e6:F0} M: {(amount / Median >= bar ? "reached" : "MISSED")}"));
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
}
