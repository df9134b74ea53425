using System.CommandLine;
using System.Globalization;
using BcnnSim.Exploration;
using BcnnSim.Reporting;
using CsvHelper;

namespace BcnnSim.Cli;

/// <summary>`sweep`: array geometries on the reference networks' filter-pruned shapes, by the closed form (estimated, not simulated).</summary>
internal static class SweepCommand
{
    public static void Fill(Command command, Session session)
    {
        SweepOptionSet options = new();
        options.AddTo(command);
        command.SetAction(parsed => Sweep(options.Read(parsed, session), session));
    }

    private static int Sweep(SweepRequest request, Session session)
    {
        using (request.Csv)
        using (request.Json)
        {
            NetworkShape[] networks = [ReferenceShapes.CcNin(), ReferenceShapes.CcResNet18(), ReferenceShapes.CcIq()];
            var rows = GeometrySearch.Run(request.Design, networks, request.Rate, request.MinLanes, request.MaxLanes);
            WriteTable(request, rows, request.Csv?.TakesOutput == true || request.Json?.TakesOutput == true ? session.Error : session.Output);
            request.Csv?.Write(Csv(rows));
            request.Json?.Write(ReportFile.ToJson(new SweepDocument("bcnnsim.sweep/1", "estimated", request.Rate, request.MinLanes, request.MaxLanes, rows)));
            return ExitCode.Ok;
        }
    }

    private static void WriteTable(SweepRequest request, IReadOnlyList<IReadOnlyList<GeometryPoint>> rows, TextWriter output)
    {
        output.WriteLine($"{rows.Count} geometries of {request.MinLanes}..{request.MaxLanes} lanes, {request.Rate}x filter pruning with widths in multiples of Po; estimated by the closed form");
        if (rows.Count == 0)
        {
            return;
        }

        string[] networks = [.. rows[0].SelectMany(p => new[] { $">{p.Network} cycles", ">utilization", ">rate" })];
        TextTable table = new(["Po x Pp x Pi", ">lanes", ">worst lane-operations/cycle", "fits board", .. networks]);
        foreach (IReadOnlyList<GeometryPoint> row in rows.Take(request.Top))
        {
            GeometryPoint first = row[0];
            table.Add([$"{first.Po}x{first.Pp}x{first.Pi}", $"{first.Lanes}", Invariant($"{GeometrySearch.Worst(row):F1}"), first.Feasible ? "yes" : "no", .. row.SelectMany(Cells)]);
        }

        table.WriteTo(output);
    }

    private static string[] Cells(GeometryPoint p) =>
        [Invariant($"{p.EstimatedCycles:N0}"), Invariant($"{100 * p.Utilization:F1} %"), Invariant($"{p.PruningRate:F2}x")];

    private static string Csv(IReadOnlyList<IReadOnlyList<GeometryPoint>> rows)
    {
        using StringWriter text = new() { NewLine = "\n" };
        using (CsvWriter csv = CsvWriter.Create(text))
        {
            csv.WriteRecord((string[])["rank", "po", "pp", "pi", "lanes", "network", "pruningRate", "laneOperations", "arrayCycles", "estimatedCycles", "utilization", "windowBoundLayers", "normBoundLayers", "feasible", "basis"]);
            for (int rank = 0; rank < rows.Count; rank++)
            {
                foreach (GeometryPoint p in rows[rank])
                {
                    csv.WriteRecord(Row(rank + 1, p));
                }
            }
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string[] Row(int rank, GeometryPoint p) =>
    [
        $"{rank}", $"{p.Po}", $"{p.Pp}", $"{p.Pi}", $"{p.Lanes}", p.Network, Invariant($"{p.PruningRate:F3}"), $"{p.LaneOperations}",
        $"{p.ArrayCycles}", $"{p.EstimatedCycles}", Invariant($"{p.Utilization:F4}"), $"{p.WindowBoundLayers}", $"{p.NormBoundLayers}", p.Feasible ? "yes" : "no", "estimated",
    ];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
