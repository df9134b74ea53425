using System.Reflection;

namespace BcnnSim.Cli;

/// <summary>Version of the simulator, with the commit it was built from.</summary>
internal static class ProductVersion
{
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
