using System.CommandLine;
using System.Globalization;
using BcnnSim.Cosimulation;
using BcnnSim.Cosimulation.Lockstep;

namespace BcnnSim.Cli;

/// <summary>`cosim`: RTL blocks stepped beside the simulator's, every channel, every cycle.</summary>
internal static class CosimCommand
{
    public static void Fill(Command command, Session session)
    {
        CosimOptionSet options = new();
        options.AddTo(command);
        command.SetAction(parsed => Compare(options.Read(parsed, session), session));
    }

    private static int Compare(CosimRequest request, Session session)
    {
        using (request.Json)
        {
            CosimulationRun run = new(request.Options) { Progress = session.Error.WriteLine };
            CosimulationReport report = run.Execute(session.Cancellation);
            WriteTable(report, request.Json?.TakesOutput == true ? session.Error : session.Output);
            request.Json?.Write(report.ToJson());
            return report.Mismatches > 0 ? ExitCode.Different : report.Complete ? ExitCode.Ok : ExitCode.Interrupted;
        }
    }

    private static void WriteTable(CosimulationReport report, TextWriter output)
    {
        output.WriteLine($"RTL against the model, {report.Verilator}, seed {report.Seed}{(report.Complete ? "" : ", interrupted")}");
        TextTable table = new("block", ">designs", ">cycles each", ">channels", ">beats", ">mismatches");
        foreach (IGrouping<string, DesignReport> rows in report.Blocks.GroupBy(r => r.Block))
        {
            table.Add(rows.Key, Text(rows.Count()), Text(rows.Min(r => r.Cycles)), Text(rows.Sum(r => r.Channels)), Text(rows.Sum(r => r.Beats)), Text(rows.Sum(r => r.Mismatches)));
        }

        table.WriteTo(output);
        foreach (Difference difference in report.Differences)
        {
            output.WriteLine(difference);
        }

        foreach (string waveform in report.Waveforms)
        {
            output.WriteLine($"waveform: {waveform}");
        }
    }

    private static string Text(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
