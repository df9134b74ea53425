using System.Globalization;
using System.Numerics;
using BcnnSim.Design;
using BcnnSim.Networks;

namespace BcnnSim.Mapping;

/// <summary>Capacity rules: what a design must offer for a network. All violations at once.</summary>
public static class MappingRules
{
    public static IReadOnlyList<Violation> Check(Network network, AcceleratorDesign design)
    {
        List<Violation> found = [];
        string source = $"network {network.Name} on design {design.Name}";
        void Require(bool holds, string place, long value, string rule, string remedy)
        {
            if (!holds)
            {
                found.Add(new Violation(source, place, value.ToString(CultureInfo.InvariantCulture), rule, remedy));
            }
        }

        Require(network.Layers.Count > 0, "layers", 0, "a network has at least one convolution", "Describe the network's layers");
        GraphRules.Check(network, (holds, place, value, rule, remedy) =>
        {
            if (!holds)
            {
                found.Add(new Violation(source, place, value, rule, remedy));
            }
        });
        GraphPlan graph = GraphPlan.Of(network);
        Require(network.Classifier is not null, "classifier", 0, "a network to be run ends in a classifier", "Add a classifier node, or use explain for shapes only");
        for (int i = 0; i < network.Layers.Count; i++)
        {
            CheckLayer(network, design, i, graph.Sinks[i], Require);
        }

        CheckTotals(network, design, Require);
        return found;
    }

    private static void CheckLayer(Network network, AcceleratorDesign design, int index, LayerSinks sinks, Action<bool, string, long, string, string> require)
    {
        ConvolutionLayer layer = network.Layers[index];
        PeArrayDesign pe = design.PeArray;
        int planes = network.PlanesOf(layer);
        int pi = pe.InputLanes;
        long words = (long)planes * ((layer.Taps + pi - 1) / pi);
        require(words <= design.LineBuffer.WindowWords, layer.Name, words, $"planes x ceil(T/Pi) window words fit lineBuffer.windowWords = {design.LineBuffer.WindowWords}", $"Raise lineBuffer.windowWords to {words}");
        long bound = 2L * layer.Taps * ((1 << planes) - 1) * layer.SumPool * layer.SumPool;
        int bits = design.Accumulator.Bits;
        require(bound < 1L << (bits - 1), layer.Name, bound, $"max|acc| fits accumulator.bits = {bits}", $"Widen accumulator.bits to {BitOperations.Log2((ulong)bound) + 2}");
        long pooled = layer.SumPool > 1 ? PoolCost.Of(design).TakenBy(layer.NormShape.Width, layer.OutputChannels) : 0;
        pooled = Math.Max(pooled, layer.MaxPool > 1 ? (long)layer.OutputShape.Width * layer.OutputChannels : 0);
        require(pooled <= design.Pool.StateEntries, layer.Name, pooled, $"pooled columns x channels, in whole words of the pool's banks, fit pool.stateEntries = {design.Pool.StateEntries}", $"Raise pool.stateEntries to {pooled}");
        if (network.TimingOnly && layer.Source != Network.InputName)
        {
            CheckMap(layer.Name, layer.InputShape, design.ActivationBuffer.Banks, design.ActivationBuffer.WordChannels, design.ActivationBuffer.WordsPerBank, "activationBuffer.wordsPerBank", 1, require);
        }

        if (sinks.Bits)
        {
            CheckMap(layer.Name, layer.OutputShape, design.ActivationBuffer.Banks, design.ActivationBuffer.WordChannels, design.ActivationBuffer.WordsPerBank, "activationBuffer.wordsPerBank", 1, require);
        }

        if (sinks.Shortcut)
        {
            ShortcutBufferDesign shortcut = design.ShortcutBuffer;
            CheckMap(layer.Name, layer.OutputShape, shortcut.Banks, Math.Min(pe.OutputLanes, design.Norm.Lanes), shortcut.WordsPerBank, "shortcutBuffer.wordsPerBank", 1, require);
        }
    }

    private static void CheckTotals(Network network, AcceleratorDesign design, Action<bool, string, long, string, string> require)
    {
        NetworkInput input = network.Input;
        MapShape map = new(input.Height, input.Width, input.Channels);
        CheckMap("input", map, design.FrameBuffer.Banks, design.FrameBuffer.WordChannels, design.FrameBuffer.WordsPerBank, "frameBuffer.wordsPerBank", input.InputBits, require);
        CheckWeights(network, design, require);
        long channels = network.Layers.Sum(l => (long)l.OutputChannels);
        require(channels <= design.Norm.TableChannels, "norms", channels, $"channels fit norm.tableChannels = {design.Norm.TableChannels}", $"Raise norm.tableChannels to {channels}");
        if (network.Classifier is ClassifierLayer head)
        {
            require(head.Features <= design.Classifier.MaxFeatures, head.Name, head.Features, $"features fit classifier.maxFeatures = {design.Classifier.MaxFeatures}", $"Raise classifier.maxFeatures to {head.Features}");
            require(head.ClassCount <= design.Classifier.MaxClasses, head.Name, head.ClassCount, $"classes fit classifier.maxClasses = {design.Classifier.MaxClasses}", $"Raise classifier.maxClasses to {head.ClassCount}");
        }
    }

    private static void CheckWeights(Network network, AcceleratorDesign design, Action<bool, string, long, string, string> require)
    {
        int po = design.PeArray.OutputLanes;
        int pi = design.PeArray.InputLanes;
        int capacity = design.WeightBuffer.Words;
        bool streamed = design.WeightBuffer.Residency == WeightResidency.Stream;
        int perBeat = MemoryPlanner.WeightAlignment(network, design);
        long words = 0;
        foreach (ConvolutionLayer layer in network.Layers)
        {
            WordLists sent = WordLists.Of(layer.Weights, (layer.OutputChannels + po - 1) / po, (layer.Taps + pi - 1) / pi, po, pi);
            words += sent.Total;
            long needed = (network.PlanesOf(layer) > 1 ? Math.Min(sent.Most, sent.Total) : 1) + perBeat - 1;
            require(!streamed || sent.Total <= capacity || needed <= capacity, layer.Name, needed, $"weight words of one output group, and of one beat of memory, fit weightBuffer.words = {capacity}", $"Raise weightBuffer.words to {needed}");
            require(!streamed || perBeat <= capacity, layer.Name, perBeat, $"weight words of one beat of memory fit weightBuffer.words = {capacity}", $"Raise weightBuffer.words to {perBeat}");
        }

        require(streamed || words <= capacity, "weights", words, $"resident weight words fit weightBuffer.words = {capacity}", $"Raise weightBuffer.words to {words}, or set weightBuffer.residency = stream");
    }

    private static void CheckMap(
        string place, MapShape map, int banks, int wordChannels, int wordsPerBank, string parameter, int planes, Action<bool, string, long, string, string> require)
    {
        long perPixel = (map.Channels + wordChannels - 1) / wordChannels;
        long used = ((map.Pixels + (long)banks - 1) / banks) * perPixel * planes;
        require(used <= wordsPerBank, place, used, $"words per bank of a {map} map fit {parameter} = {wordsPerBank}", $"Raise {parameter} to {BitOperations.RoundUpToPowerOf2((ulong)used)}");
    }
}
