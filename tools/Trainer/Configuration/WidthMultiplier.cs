using System.Globalization;
using BcnnSim.Networks;

namespace BcnnSim.Trainer.Configuration;

/// <summary>One factor on the channels of every layer (Howard et al., MobileNets, arXiv 1704.04861): a family of networks from one list of layers.</summary>
internal static class WidthMultiplier
{
    private const double Widest = 16;

    /// <summary>The configuration with the channels it asks for and no factor, so that what is kept of a run says them.</summary>
    public static TrainerConfiguration Take(TrainerConfiguration configuration, ViolationList violations)
    {
        if (configuration.Width is not { } width)
        {
            return configuration;
        }

        if (width is not (> 0 and <= Widest))
        {
            violations.Add("width", Number(width), $"must be above 0 and at most {Number(Widest)}", "0.5 halves the channels of every layer; leave it out for those of the file");
            return configuration with { Width = null };
        }

        return configuration with { Width = null, Layers = [.. configuration.Layers.Select((layer, i) => layer with { Channels = Channels(layer, i, width, configuration.LeastChannels, violations) })] };
    }

    private static int Channels(LayerSettings layer, int index, double width, int least, ViolationList violations)
    {
        double channels = Math.Round(layer.Channels * width, MidpointRounding.AwayFromZero);
        if (layer.Channels >= least && channels < least)
        {
            violations.Add("width", Number(width), $"must leave layers[{index}] at least {least} of its {layer.Channels} channels", "Take a larger factor, or more channels");
            return layer.Channels;
        }

        return (int)channels; // saturates
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
