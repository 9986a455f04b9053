/** Dog breeds. Columns: name|country|kind. */
export const dogs = `
the German Shepherd|Germany|herding dog
the Dachshund|Germany|hunting dog
the Rottweiler|Germany|working dog
the Dobermann|Germany|working dog
the Great Dane|Germany|working dog
the Weimaraner|Germany|hunting dog
the Boxer|Germany|working dog
the Border Collie|the United Kingdom|herding dog
the Golden Retriever|the United Kingdom|hunting dog
the English Bulldog|the United Kingdom|companion dog
the Beagle|the United Kingdom|hunting dog
the Whippet|the United Kingdom|hunting dog
the Pembroke Welsh Corgi|the United Kingdom|herding dog
the Yorkshire Terrier|the United Kingdom|companion dog
the Irish Setter|Ireland|hunting dog
the Irish Wolfhound|Ireland|hunting dog
the Kerry Blue Terrier|Ireland|hunting dog
the Pug|China|companion dog
the Pekingese|China|companion dog
the Chow Chow|China|
the Shar Pei|China|
the Akita|Japan|working dog
the Shiba Inu|Japan|hunting dog
the Siberian Husky|Russia|working dog
the Samoyed|Russia|working dog
the Borzoi|Russia|hunting dog
the Saint Bernard|Switzerland|working dog
the Bernese Mountain Dog|Switzerland|working dog
the Briard|France|herding dog
the Brittany|France|hunting dog
the Papillon|France|companion dog
the Komondor|Hungary|herding dog
the Puli|Hungary|herding dog
the Vizsla|Hungary|hunting dog
the Belgian Malinois|Belgium|herding dog
the Keeshond|the Netherlands|companion dog
the Norwegian Elkhound|Norway|hunting dog
the Finnish Spitz|Finland|hunting dog
the Basenji|the Republic of the Congo|hunting dog
the Rhodesian Ridgeback|Zimbabwe|hunting dog
the Chihuahua|Mexico|companion dog
the Alaskan Malamute|the United States|working dog
the Boston Terrier|the United States|companion dog
the Lhasa Apso|China|companion dog
the Tibetan Mastiff|China|working dog
the Australian Cattle Dog|Australia|herding dog
the Canaan Dog|Israel|working dog
the Afghan Hound|Afghanistan|hunting dog
the Saluki||hunting dog
the Maltese dog||companion dog
`;
