// Without a pom there is nobody to hand the base image over.
def dockerfile = new File(basedir, 'Dockerfile')
dockerfile.text = dockerfile.text.replace('ARG BASE\n', "ARG BASE=${base}\n")
return true
