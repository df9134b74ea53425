using System.CommandLine;
using BcnnSim.Design;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Reporting;

namespace BcnnSim.Cli;

/// <summary>Arguments and options of `validate`, and their checked reading.</summary>
internal sealed class ValidateOptionSet
{
    private readonly Argument<string[]> claims = new("CLAIM")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "Claim files; default all under models/claims",
    };

    private readonly Option<string?> network = new("--network")
    {
        HelpName = "NAME|FOLDER",
        Description = "Evidence for the one claim; default the network it names, under models/networks",
    };

    private readonly Option<string?> design = CommonOptions.Design();
    private readonly Option<string[]> set = CommonOptions.Set();
    private readonly Option<string?> json = CommonOptions.Json();

    public void AddTo(Command command)
    {
        command.Arguments.Add(claims);
        foreach (Option option in new Option[] { network, design, set, json })
        {
            command.Options.Add(option);
        }
    }

    public ValidateRequest Read(ParseResult parsed, Session session)
    {
        Refusals refusals = new();
        InputPlaces places = new(session);
        string designFile = places.DesignFile(parsed.GetValue(design), refusals);
        AcceleratorDesign? resolved = refusals.Try(() => DesignFile.Read(designFile, parsed.GetValue(set)));
        refusals.AddRange(resolved is null ? [] : BoardRules.Check(resolved, places.Display(designFile)));
        IReadOnlyList<string> files = Files(parsed, places, refusals);
        if (parsed.GetValue(network) is string given && files.Count > 1)
        {
            refusals.Add("--network", "value", given, "one network is evidence for one claim", "Name one claim file");
        }

        List<(Claim, Network)> evidence = [];
        foreach (string file in files)
        {
            if (refusals.Try(() => ClaimFile.Read(file)) is Claim claim && Evidence(claim, places.Display(file), parsed.GetValue(network), places, refusals) is Network found)
            {
                refusals.AddRange(claim.Evidence(found));
                refusals.AddRange(resolved is null ? [] : MappingRules.Check(found, resolved));
                evidence.Add((claim, found));
            }
        }

        JsonDestination? destination = JsonDestination.Open(parsed.GetValue(json), places.Opened, session, refusals);
        if (refusals.Count > 0)
        {
            destination?.Dispose();
            refusals.ThrowIfAny();
        }

        return new ValidateRequest(evidence, resolved!, destination);
    }

    private List<string> Files(ParseResult parsed, InputPlaces places, Refusals refusals)
    {
        List<string> files = [];
        foreach (string file in parsed.GetValue(claims)!)
        {
            if (file.StartsWith('-'))
            {
                refusals.Add(ParseViolations.Unknown(parsed.CommandResult.Command, ParseViolations.NameOf(parsed), file));
            }
            else if (file.Length == 0)
            {
                refusals.Add("CLAIM", "argument", file, "a file name is needed", "Name a claim file");
            }
            else if (files.Contains(places.Open(file), StringComparer.Ordinal))
            {
                refusals.Add("CLAIM", "argument", file, "the claim is named twice", "Name it once");
            }
            else
            {
                files.Add(places.Opened[^1]);
            }
        }

        return parsed.GetValue(claims)!.Length > 0 ? files : places.CommittedClaims(refusals);
    }

    private static Network? Evidence(Claim claim, string file, string? given, InputPlaces places, Refusals refusals)
    {
        if (given is null && !places.IsCommitted(claim.Network))
        {
            refusals.Add(file, "claim.network", claim.Network, "no trained network of this name is under models/networks: nothing to validate the claim with", "Train and export it, or name evidence with --network");
            return null;
        }

        string? folder = places.NetworkFolder(given ?? claim.Network, refusals);
        return folder is null ? null
            : RepositoryFolder.IsShapeOnly(folder) ? refusals.Try(() => ShapeFile.Read(Path.Combine(folder, ShapeFile.JsonName)))
            : refusals.Try(() => NetworkFile.Read(folder));
    }
}
