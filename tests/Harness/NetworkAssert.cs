using BcnnSim.Networks;
using Xunit;

namespace BcnnSim.Tests.Harness;

/// <summary>Networks compared by content: records with arrays compare by reference.</summary>
internal static class NetworkAssert
{
    public static void Equal(Network expected, Network actual, string context)
    {
        Assert.True(expected.Name == actual.Name, context);
        Assert.True(expected.Pruning == actual.Pruning, context);
        Assert.True(expected.ValueFractionBits == actual.ValueFractionBits, context);
        Assert.True(expected.Input with { TransformParameters = actual.Input.TransformParameters } == actual.Input, context);
        Assert.Equal(expected.Input.TransformParameters.OrderBy(p => p.Key), actual.Input.TransformParameters.OrderBy(p => p.Key));
        Assert.Equal(expected.Provenance.OrderBy(p => p.Key), actual.Provenance.OrderBy(p => p.Key));
        Assert.Equal(expected.Classes, actual.Classes);
        Assert.Equal(expected.Layers.Count, actual.Layers.Count);
        for (int i = 0; i < expected.Layers.Count; i++)
        {
            Equal(expected.Layers[i], actual.Layers[i], context);
        }

        Assert.Equal(expected.Classifier?.Weights, actual.Classifier?.Weights);
        Assert.Equal(expected.Classifier?.Bias, actual.Classifier?.Bias);
        Assert.Equal(expected.Classifier?.InputShape, actual.Classifier?.InputShape);
        Assert.Equal(expected.Classifier?.ReadsValues, actual.Classifier?.ReadsValues);
        Assert.Equal(expected.Classifier?.Relu, actual.Classifier?.Relu);
    }

    private static void Equal(ConvolutionLayer expected, ConvolutionLayer actual, string context)
    {
        Assert.True(expected with { Weights = actual.Weights, Norm = actual.Norm, KeptTaps = actual.KeptTaps } == actual, context);
        Assert.Equal(expected.KeptTaps, actual.KeptTaps);
        Assert.Equal(expected.Weights.Re, actual.Weights.Re);
        Assert.Equal(expected.Weights.Im, actual.Weights.Im);
        Assert.Equal(expected.Weights.Mask, actual.Weights.Mask);
        Assert.Equal(expected.Norm.Kind, actual.Norm.Kind);
        Assert.Equal(expected.Norm.A, actual.Norm.A);
        Assert.Equal(expected.Norm.C, actual.Norm.C);
        Assert.Equal(expected.Norm.T, actual.Norm.T);
        Assert.Equal(expected.Norm.D, actual.Norm.D);
        Assert.Equal(expected.Norm.Shift, actual.Norm.Shift);
    }
}
