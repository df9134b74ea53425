using BcnnSim.Design;
using BcnnSim.Networks;

namespace BcnnSim.Mapping;

/// <summary>The only place where a network meets a design: tile plans, memory plan, program. Pure.</summary>
public static class LayerMapper
{
    /// <summary>Plans a network; every reason why it does not fit the design is reported at once.</summary>
    public static AcceleratorProgram Map(Network network, AcceleratorDesign design)
    {
        IReadOnlyList<Violation> violations = MappingRules.Check(network, design);
        if (violations.Count > 0)
        {
            throw new InputException(violations);
        }

        GraphPlan graph = GraphPlan.Of(network);
        List<LayerPlan> layers = [];
        int weightBase = 0;
        int alignment = MemoryPlanner.WeightAlignment(network, design);
        int normBase = 0;
        foreach (ConvolutionLayer layer in network.Layers)
        {
            LayerPlan plan = PlanLayer(layer, design, layers.Count, network.PlanesOf(layer), graph.Sinks[layers.Count]) with { WeightBase = weightBase, NormBase = normBase };
            layers.Add(plan);
            weightBase += (plan.Sent.Total + alignment - 1) / alignment * alignment;
            normBase += layer.OutputChannels;
        }

        ClassifierLayer head = network.Classifier!;
        ClassifierPlan classifier = new(head.InputShape.Channels, head.InputShape.Pixels, head.ClassCount, head.ReadsValues, head.Relu);
        MemoryPlan memory = MemoryPlanner.Plan(network, design, layers, classifier);
        layers = design.WeightBuffer.Residency == WeightResidency.Stream ? WeightSupply.Of(layers, memory, design) : layers;
        return new AcceleratorProgram(network, design, layers, classifier, memory, Prologue(design), Body(design, graph));
    }

    /// <summary>Tile plan of one layer; layer 0 reads the frame buffer.</summary>
    /// <param name="layer">Shapes; weights are read only where there are masks.</param>
    /// <param name="design">Design to plan for.</param>
    /// <param name="index">Place in execution order.</param>
    /// <param name="planes">Bit planes of its input.</param>
    /// <param name="sinks">Where its results go.</param>
    public static LayerPlan PlanLayer(ConvolutionLayer layer, AcceleratorDesign design, int index, int planes, LayerSinks sinks)
    {
        PeArrayDesign pe = design.PeArray;
        bool first = index == 0;
        int wordChannels = first ? design.FrameBuffer.WordChannels : design.ActivationBuffer.WordChannels;
        int perPixel = CeilDiv(layer.InputShape.Channels, wordChannels);
        MapShape output = layer.OutputShape;
        int pool = layer.SumPool * layer.MaxPool;
        MapShape computed = new(output.Height * pool, output.Width * pool, layer.OutputChannels);
        int words = CeilDiv(layer.Taps, pe.InputLanes);
        WordLists sent = WordLists.Of(layer.Weights, CeilDiv(layer.OutputChannels, pe.OutputLanes), words, pe.OutputLanes, pe.InputLanes);
        LaneLosses counts = LaneLosses.Of(layer, computed, sent, (pe.OutputLanes, pe.InputLanes));
        return new LayerPlan
        {
            Index = index,
            Name = layer.Name,
            Input = layer.InputShape,
            Convolution = computed,
            Norm = computed.Pooled(layer.SumPool),
            Output = layer.OutputShape,
            KernelHeight = layer.KernelHeight,
            KernelWidth = layer.KernelWidth,
            StrideY = layer.StrideY,
            StrideX = layer.StrideX,
            PaddingY = layer.PaddingY,
            PaddingX = layer.PaddingX,
            SumPool = layer.SumPool,
            MaxPool = layer.MaxPool,
            NormKind = layer.Norm.Kind,
            ReadsFrame = first,
            EmitsValues = layer.Output == OutputKind.Values,
            AddsShortcut = layer.Residual is not null,
            Sinks = sinks,
            Planes = planes,
            Taps = layer.Taps,
            Words = words,
            Groups = CeilDiv(layer.OutputChannels, pe.OutputLanes),
            Tiles = CeilDiv(computed.Pixels, pe.PixelLanes),
            Lanes = (pe.OutputLanes, pe.PixelLanes, pe.InputLanes),
            SourceWordChannels = wordChannels,
            SourceWordsPerPixel = perPixel,
            Steps = WindowSteps.Of(layer, wordChannels, perPixel > 1 ? 1 : Math.Clamp(design.LineBuffer.GroupTaps / layer.InputShape.Channels, 1, layer.KernelWidth)),
            TargetWordsPerPixel = sinks.Bits ? CeilDiv(layer.OutputChannels, design.ActivationBuffer.WordChannels) : 0,
            ShortcutWordsPerPixel = CeilDiv(layer.OutputChannels, Math.Min(pe.OutputLanes, design.Norm.Lanes)),
            Sent = sent,
            WeightPasses = design.WeightBuffer.Residency == WeightResidency.Stream && sent.Total > design.WeightBuffer.Words ? CeilDiv(computed.Pixels, pe.PixelLanes) : 1,
            MultiplyAccumulates = counts.MultiplyAccumulates,
            PaddedMultiplyAccumulates = counts.Padded,
            MaskedMultiplyAccumulates = counts.Masked,
        };
    }

    /// <summary>Parameters, then as many frames ahead as may be in flight beside the one computed and as have a slot.</summary>
    private static List<Instruction> Prologue(AcceleratorDesign design)
    {
        int ahead = Math.Min(design.Execution.FramesInFlight - 1, design.FrameBuffer.Slots);
        return [new(Opcode.LoadParameters), .. Enumerable.Repeat(new Instruction(Opcode.LoadFrame), ahead)];
    }

    /// <summary>
    /// One frame in flight: load, compute, store. More: the next frame's load is issued as soon as this frame's first layer has
    /// started, so it overlaps with computing; the store overlaps with the next frame. The halves are exchanged before a layer whose source
    /// is the half written last: not before a second layer on the same bits, as beside a downsampling shortcut.
    /// </summary>
    private static List<Instruction> Body(AcceleratorDesign design, GraphPlan graph)
    {
        int layers = graph.Sinks.Count;
        int target = 0;
        bool overlapped = design.Execution.FramesInFlight > 1;
        List<Instruction> body = [];
        if (!overlapped)
        {
            body.Add(new Instruction(Opcode.LoadFrame));
        }

        for (int layer = 0; layer < layers; layer++)
        {
            int source = graph.SourceHalves[layer];
            if (source == target)
            {
                body.Add(new Instruction(Opcode.Swap));
                target = 1 - target;
            }

            body.Add(new Instruction(Opcode.Compute, layer));
            if (layer == 0 && overlapped)
            {
                body.Add(new Instruction(Opcode.LoadFrame));
            }

            if (layer < layers - 1)
            {
                body.Add(new Instruction(Opcode.Barrier));
            }
        }

        body.Add(new Instruction(Opcode.Store));
        return body;
    }

    private static int CeilDiv(int a, int b) => (a + b - 1) / b;
}
