using System.Globalization;
using System.Text.Json.Nodes;
using BcnnSim.Design;
using BcnnSim.Mapping;
using BcnnSim.Reporting;

namespace BcnnSim.Cli;

/// <summary>Gathers what `explain` shows from the plan; pure.</summary>
internal static class ExplainBuilder
{
    public static ExplainDocument Build(ExplainRequest request)
    {
        AcceleratorProgram? program = request.Program;
        return new ExplainDocument(
            ExplainDocument.SchemaName,
            program?.Network.Name,
            program?.Network.TimingOnly ?? false,
            request.Design,
            program is null ? [] : [.. program.Layers.Select(l => Layer(l, request.Design))],
            program is null ? null : new ExplainProgram([.. program.Prologue.Select(i => Text(i, program))], [.. program.Body.Select(i => Text(i, program))]),
            program is null ? [] : Regions(program.Memory),
            ResourceReport.Of(request.Design),
            request.Parameters ? Parameters(request.Design) : [])
        {
            BlockNote = program is null ? null : BlockNote.Of(program.Network.Pruning, request.Design.PeArray),
        };
    }

    private static ExplainLayer Layer(LayerPlan plan, AcceleratorDesign design) => new(
        plan.Name, plan.ShapeText, plan.Taps, plan.Words, plan.Groups, plan.Tiles, plan.Planes, plan.LaneOperations, plan.Sent.Skipped, CycleEstimate.Of(plan, design),
        plan.EmitsValues, plan.AddsShortcut, Targets(plan), ShortcutWords(plan, design), Dropped(plan));

    private static List<string> Targets(LayerPlan plan) =>
    [
        .. plan.Sinks.Bits ? [plan.EmitsValues ? "signs to the other half" : "bits to the other half"] : Array.Empty<string>(),
        .. plan.Sinks.Shortcut ? ["values to the shortcut map"] : Array.Empty<string>(),
        .. plan.Sinks.Classifier ? ["classifier"] : Array.Empty<string>(),
    ];

    private static long ShortcutWords(LayerPlan plan, AcceleratorDesign design)
    {
        long perBank = ((long)plan.Output.Pixels + design.ShortcutBuffer.Banks - 1) / design.ShortcutBuffer.Banks;
        return plan.Sinks.Shortcut ? perBank * plan.ShortcutWordsPerPixel : 0;
    }

    private static string Text(Instruction instruction, AcceleratorProgram program) => instruction.Opcode == Opcode.Compute
        ? $"{instruction.Opcode} {program.Layers[instruction.Layer].Name}"
        : instruction.Opcode.ToString();

    /// <summary>What a stride or a pooling leaves over at the lower and right border.</summary>
    private static List<string> Dropped(LayerPlan p)
    {
        List<string> dropped = [];
        Add("input", "rows", (p.Input.Height + (2 * p.PaddingY) - p.KernelHeight) % p.StrideY, p.PaddingY);
        Add("input", "columns", (p.Input.Width + (2 * p.PaddingX) - p.KernelWidth) % p.StrideX, p.PaddingX);
        Add("sum pool", "rows", p.Convolution.Height % p.SumPool, 0);
        Add("sum pool", "columns", p.Convolution.Width % p.SumPool, 0);
        Add("max pool", "rows", p.Norm.Height % p.MaxPool, 0);
        Add("max pool", "columns", p.Norm.Width % p.MaxPool, 0);
        return dropped;

        // Rows of padding may be left over without loss of data.
        void Add(string where, string what, int count, int padding)
        {
            if (count > padding)
            {
                dropped.Add(string.Create(CultureInfo.InvariantCulture, $"{where}: {count - padding} {what} dropped"));
            }
        }
    }

    private static List<ExplainRegion> Regions(MemoryPlan memory) =>
    [
        Region("frames", memory.Frames),
        Region(memory.HasMasks ? "weights with masks" : "weights", memory.Weights),
        Region("norm constants", memory.NormConstants),
        Region("classifier", memory.ClassifierConstants),
        Region("results", memory.Results),
    ];

    private static ExplainRegion Region(string name, MemoryRegion region) => new(
        name, region.Address / MemoryPlan.PseudoChannelBytes, string.Create(CultureInfo.InvariantCulture, $"0x{region.Address:x9}"), region.ItemBytes, region.Stride);

    private static List<ExplainParameter> Parameters(AcceleratorDesign design)
    {
        JsonNode values = JsonNode.Parse(DesignFile.ToJson(design))!;
        return [.. DesignParameter.All.Select(p => new ExplainParameter(p.Path, Value(values, p.Path), p.Unit, p.Allowed, p.Meaning))];
    }

    private static string Value(JsonNode values, string path) =>
        path.Split('.').Aggregate(values, (node, key) => node[key]!).ToString();
}
