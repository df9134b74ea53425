using BcnnSim.Design;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Numerics;

namespace BcnnSim.Cosimulation.Blocks;

/// <summary>Layers for one block alone: a 1x1 convolution of a given map, of which a block reads maps, lanes, pooling and norm.</summary>
public static class BlockLayer
{
    /// <param name="name">Name in reports.</param>
    /// <param name="array">Lanes of the array in front of the block.</param>
    /// <param name="map">Map of the convolution; its sides are multiples of <paramref name="sumPool"/>.</param>
    /// <param name="sumPool">k.</param>
    public static LayerPlan Of(string name, PeArrayDesign array, MapShape map, int sumPool = 1)
    {
        int channels = map.Channels;
        int words = CeilDiv(channels, array.InputLanes);
        int groups = CeilDiv(channels, array.OutputLanes);
        MapShape pooled = map.Pooled(sumPool);
        return new LayerPlan
        {
            Index = 0,
            Name = name,
            Input = map,
            Convolution = map,
            Norm = pooled,
            Output = pooled,
            KernelHeight = 1,
            KernelWidth = 1,
            StrideY = 1,
            StrideX = 1,
            PaddingY = 0,
            PaddingX = 0,
            SumPool = sumPool,
            MaxPool = 1,
            NormKind = NormKind.Threshold,
            ReadsFrame = false,
            EmitsValues = false,
            AddsShortcut = false,
            Sinks = new LayerSinks(Bits: true, Classifier: false, Shortcut: false),
            Planes = 1,
            Taps = channels,
            Words = words,
            Groups = groups,
            Tiles = CeilDiv(map.Pixels, array.PixelLanes),
            Lanes = (array.OutputLanes, array.PixelLanes, array.InputLanes),
            SourceWordChannels = channels,
            SourceWordsPerPixel = 1,
            Steps = [],
            TargetWordsPerPixel = 1,
            ShortcutWordsPerPixel = 0,
            Sent = WordLists.Of(new QuadrantTensor(channels, channels, [], [], null), groups, words, array.OutputLanes, array.InputLanes),
            MultiplyAccumulates = 0,
            PaddedMultiplyAccumulates = 0,
            MaskedMultiplyAccumulates = 0,
        };
    }

    private static int CeilDiv(int a, int b) => (a + b - 1) / b;
}
